// Damage of the kind people and programs do: lines cut, mixed, repeated, out of order, of other outputs.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { checkParsed } from '../support/check-rows.ts';
import { bytesOf, linesOf, mutate } from '../support/mutate.ts';
import { type Parsed, parseMember } from '../support/parse-member.ts';
import { processorMs } from '../support/processor-time.ts';
import { seededRandom } from '../support/random.ts';
import { sourceCases } from '../support/source-cases.ts';

const MOST_LINES = 60;
const MOST_BYTES = 8_192;
const DAMAGED_LINES = 12;
const ROUNDS = Math.ceil(Number(process.env['FUZZ_ROUNDS'] ?? 200) / 4);
const SEED = Number(process.env['FUZZ_SEED'] ?? 0);
/** For a text of at most some hundred KB: what is linear takes a hundredth of it. */
const DEADLINE_MS = 3_000;
const GARBAGE = '\u0001 ~~ # no line of any tool ~~ \u00ff';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));
const cases = sourceCases();
const foreign = cases.flatMap(({ members }) =>
  members.flatMap(({ bytes }) => linesOf(bytes.subarray(0, 600)).slice(0, 6)),
);

describe('sources bear lines that are not theirs', () => {
  for (const golden of cases) {
    const source = sources.get(golden.source)!;
    for (const member of golden.members) {
      const name = `${golden.source}/${golden.name}/${member.name}`;
      const lines = linesOf(member.bytes.subarray(0, MOST_BYTES)).slice(0, MOST_LINES);
      const parse = (text: readonly string[]): Parsed =>
        parseMember(source, member.name, [bytesOf(text)], golden.context);

      it(`${name}: ${ROUNDS} mutated copies`, () => {
        const seed = member.bytes.length + SEED;
        const random = seededRandom(seed);
        for (let round = 0; round < ROUNDS; round++) {
          const text = mutate(lines, foreign, random);
          const what = `seed ${seed}, round ${round}`;
          const started = processorMs();
          checkParsed(source, parse(text), what);
          assert.ok(processorMs() - started < DEADLINE_MS, `${what}: too slow`);
        }
      });

      it(`${name}: a damaged line costs no other line its row`, (t) => {
        const whole = rowsOf(source, parse(lines));
        const random = seededRandom(member.bytes.length + SEED + 1);
        const places = Array.from({ length: Math.min(DAMAGED_LINES, lines.length) }, () => random(lines.length));
        const without = places.map((at) => rowsOf(source, parse(lines.with(at, ''))));
        const json = /^\s*[[{]/.test(lines[0] ?? '');
        if (json || !without.every((rows) => missing(rows, whole).length === 0)) {
          t.diagnostic('its lines belong together');
          return;
        }
        places.forEach((at, i) => {
          // A header, or a line between two: what comes after it may depend on it.
          if (without[i]!.length === whole.length) return;
          const damaged = rowsOf(source, parse(lines.with(at, GARBAGE)));
          assert.deepEqual(missing(without[i]!, damaged), [], `line ${at + 1}: ${lines[at]}`);
        });
      });
    }
  }
});

/** All rows as texts. */
function rowsOf(source: Source, parsed: Parsed): readonly string[] {
  const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
  return source.tables.flatMap(({ name }) =>
    parsed.tables.get(name)!.map((row) => `${name} ${JSON.stringify(row, text)}`),
  );
}

/** Those of `rows` that `all` has not, or not as often. */
function missing(rows: readonly string[], all: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of all) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const left = counts.get(row) ?? 0;
    counts.set(row, left - 1);
    return left < 1;
  });
}
