import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { collect, NO_LOGS, samples, scratch } from './collector.ts';

const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
  [['--sideways'], /unknown argument '--sideways'/],
  [['now'], /unknown argument 'now'/],
  [['--interval'], /--interval wants a value/],
  [['--interval', 'soon'], /--interval wants a number of seconds, got 'soon'/],
  [['--interval', '0'], /--interval wants more than zero seconds/],
  [['--interval', '1.2.3'], /got '1\.2\.3'/],
  [['--interval', '5', '--count', '-1'], /--count wants a whole number above zero, got '-1'/],
  [['--count', '3'], /--count needs --interval/],
  [['--duration', '3'], /--duration needs --interval/],
  [['--once', '--interval', '5'], /--once and --interval exclude each other/],
  [['--interval', '5', '--count', '3', '--duration', '9'], /--count and --duration exclude each other/],
  [['--status-url', 'localhost'], /--status-url wants a URL, got 'localhost'/],
  [['--out='], /--out wants a folder/],
];

for (const [args, message] of WRONG) {
  test(`wrong usage: ${args.join(' ')}`, async (t) => {
    const ended = await collect(t, args);
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, message);
    assert.match(ended.stderr, /^lastack-collect: [^\n]*\n$/, 'one line');
    assert.equal(ended.stdout, '');
  });
}

test('--help and --version go to stdout', async (t) => {
  const help = await collect(t, ['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /^usage: lastack-collect /);
  const version = await collect(t, ['--version']);
  assert.match(version.stdout, /^lastack-collect \d+\.\d+\.\d+\n$/);
});

test('a folder that cannot be made is one line and exit code 1', async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'file'), '');
  const ended = await collect(t, ['--once', '--out', join(folder, 'file/below')]);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /^lastack-collect: cannot make the folder [^\n]*\n$/);
});

test('--quiet says nothing, --interval accepts a part of a second, two samples of one second do not collide', async (t) => {
  const out = join(scratch(t), 'made/on/demand');
  const ended = await collect(t, ['--quiet', '--interval=0.4', '--count=3', '--out', out, ...NO_LOGS]);
  assert.equal(ended.code, 0);
  assert.equal(ended.stderr, '');
  const taken = samples(out);
  assert.deepEqual(
    taken.map((sample) => sample.header.get('sequence')),
    ['1', '2', '3'],
  );
  assert.equal(new Set(taken.map((sample) => sample.header.get('session'))).size, 1);
  assert.deepEqual(readdirSync(out).sort(), taken.map((sample) => `${sample.name}.tar.gz`).sort());
});

test('--duration ends by itself, on the clock of the interval', async (t) => {
  const out = scratch(t);
  const { stderr } = await collect(t, ['--interval', '1', '--duration', '2.5', '--out', out, ...NO_LOGS]);
  const times = samples(out).map((sample) => Number(sample.header.get('epoch_ms')));
  // on a busy machine a sample may take longer than the interval, and says so
  const missed = [...stderr.matchAll(/(\d+) missed: /g)].reduce((sum, match) => sum + Number(match[1]), 0);
  assert.ok(times.length <= 3 && times.length + missed >= 3, `${times.length} samples, ${missed} missed`);
  for (const time of times) {
    const late = ((time - times[0]! + 300) % 1000) - 300;
    assert.ok(late < 600, `a sample is ${late} ms off its slot`);
  }
});
