// Whatever a line holds: redacting it does not fail, does not take long, and does not make it much longer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, linesOf, mutate } from '../support/mutate.ts';
import { processorMs } from '../support/processor-time.ts';
import { seededRandom } from '../support/random.ts';
import { sourceCases } from '../support/source-cases.ts';
import { redactTexts } from './redact-text.ts';

const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 200);
const SEED = Number(process.env['FUZZ_SEED'] ?? 0);
/** A query of one letter becomes one of eleven. */
const MOST_GROWTH = 12;
const DEADLINE_MS = 1_500;
const LONG = 100_000;

const members = sourceCases().flatMap((each) => each.members);

async function redact(name: string, bytes: Uint8Array): Promise<Buffer> {
  return (await redactTexts(new Map([[name, bytes]]))).get(name)!;
}

test('damaged lines of every source', async () => {
  const random = seededRandom(SEED + 8);
  for (let round = 0; round < ROUNDS; round++) {
    const { name, bytes } = members[random(members.length)]!;
    const other = linesOf(members[random(members.length)]!.bytes).slice(0, 50);
    const damaged = bytesOf(mutate(linesOf(bytes).slice(0, 200), other, random));
    const redacted = await redact(name, damaged);
    assert.ok(
      redacted.length <= damaged.length * MOST_GROWTH + 64,
      `round ${round}: ${redacted.length} of ${damaged.length}`,
    );
  }
});

test('random bytes', async () => {
  const random = seededRandom(SEED + 9);
  const letters = Buffer.from('09azAZ.:-_@/?=&;"\'[](){}<>%+ \t\\,#$*nx');
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = Uint8Array.from({ length: random(3000) }, () =>
      random(40) === 0 ? random(256) : letters[random(letters.length)]!,
    );
    const redacted = await redact('member.txt', bytes);
    assert.ok(redacted.length <= bytes.length * MOST_GROWTH + 64, `round ${round}`);
  }
});

test('long lines take no longer than their length asks for', async () => {
  const pieces = [
    'a',
    '1.',
    '1.1.1.1-',
    'a.',
    '.',
    ':',
    '::',
    'a:',
    '-',
    'a-',
    '?',
    '?a=',
    '&a=b;',
    'user ',
    'user=a ',
    'sudo: ',
    'cookie: a ',
    'password=',
    'password-',
    'http://',
    'a@',
    'a@b.',
    '[11/',
    ' [11/Nov/2026:',
    'ServerName ',
    'ServerName a ',
    'pid ',
    'pid user ',
    'authorization ',
    '"a=b; ',
    '"',
    ' ',
    '  ',
    '10.0.0.1  ',
    'fe80::1 ',
    'aa:',
    '&amp;',
    '?a=&lt;',
    ';sid=',
    'token=a&',
    '\\',
  ];
  for (const piece of pieces)
    for (const lead of ['', 'Netid State\n', 'GET /?']) {
      const text = Buffer.from(lead + piece.repeat(Math.ceil(LONG / piece.length)).slice(0, LONG - 10));
      const before = processorMs();
      await redact('member.txt', text);
      const took = processorMs() - before;
      assert.ok(took < DEADLINE_MS, `${JSON.stringify(lead + piece)}: ${took} ms`);
    }
});
