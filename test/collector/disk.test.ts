import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { whyNoNamespace } from '../support/lab.ts';
import { appears, collect, jumpingClock, NO_LOGS, readSample, scratch, start, toolbox } from './collector.ts';

const HANGS = 'echo $$ >"$MARK.new" && mv "$MARK.new" "$MARK"; exec sleep 600';

/** Captures of earlier days, of a kilobyte each. */
function older(folder: string, suffixes: readonly string[]): readonly string[] {
  return suffixes.map((suffix, i) => {
    const name = `lastack-${hostname()}-2026010${i + 1}T000000Z${suffix}.tar.gz`;
    writeFileSync(join(folder, name), Buffer.alloc(1024));
    utimesSync(join(folder, name), new Date(`2026-01-0${i + 1}`), new Date(`2026-01-0${i + 1}`));
    return name;
  });
}

const archives = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.tar.gz'));

test('--keep deletes the oldest first, triggered ones last, the newest and the files of others never', async (t) => {
  const out = scratch(t);
  const [, , third, triggered, control] = older(out, ['', '', '', '-trigger', '-control']);
  writeFileSync(join(out, 'lastack-other-20200101T000000Z.tar.gz'), '');
  await collect(t, ['--once', '--keep', '4', '--out', out, ...NO_LOGS]);
  const left = archives(out);
  for (const name of [third, triggered, control]) assert.ok(left.includes(name!), name);
  assert.ok(left.includes('lastack-other-20200101T000000Z.tar.gz'));
  assert.equal(left.length, 5);
  await collect(t, ['--once', '--keep', '2', '--out', out, ...NO_LOGS]);
  assert.deepEqual(
    archives(out).filter((name) => name.includes('-2026010')),
    [triggered],
  );
  await collect(t, ['--once', '--keep-bytes', '1k', '--out', out, ...NO_LOGS]);
  assert.equal(archives(out).length, 2, 'the newest is kept although it alone is too large');
});

test('--keep-days goes by the time of the file', async (t) => {
  const out = scratch(t);
  older(out, ['', '-trigger']);
  await collect(t, ['--once', '--keep-days', '1', '--out', out, ...NO_LOGS]);
  assert.equal(archives(out).length, 1);
});

test('a clock that is set forward makes nothing old, in this run and in the next', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const { path, jump } = jumpingClock(folder);
  const args = ['--keep-days', '2', '--out', out, ...NO_LOGS];
  const run = start(t, ['--interval', '0.2', '--count', '3', ...args], { path });
  await run.sample(1);
  const old = older(out, ['']);
  writeFileSync(jump, String(4000 * 86_400));
  assert.equal((await run.ended).code, 0);
  assert.ok(!archives(out).includes(old[0]!), 'what is old goes');
  assert.equal(archives(out).length, 3, 'the first one is a minute old, whatever the clock says');
  await collect(t, ['--once', ...args], { path });
  assert.equal(archives(out).length, 4, 'the next run knows it too');
});

test('below the floor of free space a sample is lost, with the reason', async (t) => {
  const out = scratch(t);
  const ended = await collect(t, ['--once', '--min-free', '900000g', '--out', out, ...NO_LOGS]);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /^lastack-collect: sample 0 is lost: \d+ MiB are free, the floor is \d+ /);
  assert.deepEqual(readdirSync(out), []);
});

test('two collectors never write to one folder', async (t) => {
  for (const without of [[], ['flock']]) {
    const folder = scratch(t);
    const out = join(folder, 'out');
    const path = toolbox(join(folder, 'bin'), without);
    const run = start(t, ['--interval', '600', '--out', out, ...NO_LOGS], { path });
    await run.sample(1);
    const second = await collect(t, ['--once', '--out', out, ...NO_LOGS], { path });
    assert.equal(second.code, 1);
    assert.match(second.stderr, /^lastack-collect: another collector is writing to /);
    const gone = once(run.child, 'exit');
    run.child.kill('SIGKILL');
    await gone;
    const third = await collect(t, ['--once', '--out', out, ...NO_LOGS], { path });
    assert.equal(third.code, 0, `a lock of a dead collector holds nobody up: ${third.stderr}`);
    assert.equal(readdirSync(out).length, 2, 'what the killed one left is gone');
  }
});

test('SIGKILL at whatever moment leaves whole tarballs', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  for (let round = 0; round < 3; round++) {
    const mark = join(folder, `mark${round}`);
    const tool = ['ss', 'tar', 'gzip'][round]!;
    const path = toolbox(join(folder, `bin${round}`), [], { [tool]: HANGS.replaceAll('$MARK', mark) });
    const run = start(t, ['--once', '--out', out, ...NO_LOGS], { path });
    await Promise.race([appears(folder, `mark${round}`), run.ended]);
    const gone = once(run.child, 'exit');
    run.child.kill('SIGKILL');
    await gone;
    process.kill(Number(readFileSync(mark, 'utf8')), 'SIGKILL');
    for (const name of archives(out)) readSample(join(out, name));
  }
});

test('the floor of free space is kept during a sample too: the sample is lost, the next one is not', async (t) => {
  const why = whyNoNamespace(['mount']);
  if (why !== null) return t.skip(why);
  const folder = scratch(t);
  const out = join(folder, 'out');
  const asked = join(folder, 'asked');
  const path = toolbox(join(folder, 'bin'), [], {
    ss: `[ ! -e ${asked} ] || exec /bin/true; : >${asked}; yes "a line of a large table" | head -c 30000000`,
  });
  const script = `mkdir ${out} && mount -t tmpfs -o size=60m none ${out} && dash "$@"; code=$?; ls -A ${out}; exit $code`;
  const limits = ['--min-free', '40m', '--min-free-percent', '0'];
  const ended = await collect(t, ['--interval', '0.3', '--count', '2', ...limits, '--out', out, ...NO_LOGS], {
    shell: ['unshare', '-m', 'sh', '-c', script, 'sh'],
    path,
  });
  assert.match(ended.stderr, /^lastack-collect: sample 1 is lost: \d+ MiB are free, the floor is 40 /m);
  assert.match(ended.stderr, /^lastack-collect: sample 2: /m);
  assert.equal(ended.stdout.match(/\.tar\.gz$/gm)?.length, 1);
});

test('a full disk costs the sample, not the next one', (t) => {
  const why = whyNoNamespace(['mount']);
  if (why !== null) return t.skip(why);
  return fullDisk(t);
});

async function fullDisk(t: TestContext): Promise<void> {
  const folder = scratch(t);
  const script = `mount -t tmpfs -o size=60k none ${folder} && dash "$@"; code=$?; ls -A ${folder}; rm -rf ${folder}/*; exit $code`;
  const ended = await collect(
    t,
    ['--interval', '0.3', '--count', '2', '--min-free', '0', '--min-free-percent', '0', '--out', folder, ...NO_LOGS],
    {
      shell: ['unshare', '-m', 'sh', '-c', script, 'sh'],
    },
  );
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /sample 1 is lost: cannot write to /);
  assert.match(ended.stderr, /sample 2/);
  assert.doesNotMatch(ended.stdout, /^lastack-.*\.tar\.gz$/m);
}
