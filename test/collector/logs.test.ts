import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { collect, logText, type Run, samples, scratch, start, toolbox } from './collector.ts';

const LINE = '192.0.2.7 - - [22/Nov/2026:20:36:14 +0000] "GET / HTTP/1.1" 200 5000';

interface Log {
  readonly folder: string;
  readonly file: string;
  readonly out: string;
  /** All that was ever written, in order. */
  written(): string;
  add(lines: number): void;
}

function makeLog(t: TestContext): Log {
  const folder = scratch(t);
  const file = join(folder, 'access.log');
  let count = 0;
  let all = '';
  return {
    folder,
    file,
    out: join(folder, 'out'),
    written: () => all,
    add(lines) {
      let text = '';
      for (let i = 0; i < lines; i++) text += `${LINE} ${++count}\n`;
      all += text;
      appendFileSync(file, text);
    },
  };
}

/** Starts the collector on the logs of a glob; the caller waits for samples, and ends it. */
function follow(t: TestContext, log: Log, glob: string, more: readonly string[] = [], path?: string): Run {
  const args = ['--interval', '0.4', '--out', log.out, '--access-log', glob, '--error-log', '/nonexistent', ...more];
  return start(t, args, path === undefined ? {} : { path });
}

async function end(run: Run): Promise<void> {
  run.child.kill('SIGTERM');
  await run.ended;
}

for (const glob of ['access.log', 'access.log*', '*.log']) {
  test(`each line comes once when the log is renamed (${glob})`, async (t) => {
    const log = makeLog(t);
    log.add(10);
    const run = follow(t, log, join(log.folder, glob));
    await run.sample(1);
    log.add(5);
    await run.sample(2);
    log.add(3);
    renameSync(log.file, `${log.file}.1`);
    // the server writes on into the renamed file until it is told to reopen its logs
    appendFileSync(`${log.file}.1`, 'last words\n');
    log.add(4);
    await run.sample(4);
    appendFileSync(`${log.file}.1`, 'very last words\n');
    log.add(2);
    await run.sample(6);
    await end(run);
    const lines = logText(samples(log.out), 'access').split('\n').slice(0, -1);
    const expected = [...log.written().split('\n').slice(0, -1), 'last words', 'very last words'];
    assert.deepEqual(lines.toSorted(), expected.toSorted());
    assert.ok(
      lines.indexOf('last words') < lines.indexOf(`${LINE} 19`),
      'the rest of the old file comes before the new one',
    );
  });

  test(`each line comes once when the log is copied and emptied (${glob})`, async (t) => {
    const log = makeLog(t);
    log.add(10);
    const run = follow(t, log, join(log.folder, glob));
    await run.sample(1);
    log.add(3);
    copyFileSync(log.file, `${log.file}.1`);
    truncateSync(log.file);
    log.add(2);
    await run.sample(3);
    log.add(1);
    await run.sample(5);
    await end(run);
    assert.equal(logText(samples(log.out), 'access'), log.written());
    const notes = samples(log.out).flatMap((sample) => sample.probes.map((row) => row.note));
    assert.ok(notes.some((note) => note.endsWith('emptied in place')));
  });
}

test('a half-written line waits until it is whole', async (t) => {
  const log = makeLog(t);
  log.add(2);
  appendFileSync(log.file, 'the first half');
  const run = follow(t, log, log.file);
  await run.sample(1);
  assert.equal(samples(log.out)[0]!.text('logs/access/access.log'), log.written());
  appendFileSync(log.file, ' and the second\n');
  await run.sample(3);
  await end(run);
  assert.equal(logText(samples(log.out), 'access'), `${log.written()}the first half and the second\n`);
});

test('a log that grew beyond the cap keeps its newest whole lines, and says what is missing', async (t) => {
  const log = makeLog(t);
  log.add(1);
  const run = follow(t, log, log.file, ['--log-bytes', '1000']);
  await run.sample(1);
  log.add(100);
  await run.sample(3);
  await end(run);
  const row = samples(log.out)
    .flatMap((sample) => sample.probes)
    .find((probe) => probe.status === 'truncated');
  const kept = logText(samples(log.out), 'access').split('\n').slice(1).join('\n');
  assert.ok(log.written().endsWith(kept));
  assert.ok(row!.bytes <= 1000 && row!.bytes > 1000 - LINE.length - 5);
  const leftOut = Buffer.byteLength(log.written()) - Buffer.byteLength(logText(samples(log.out), 'access'));
  assert.match(row!.note, new RegExp(` ${leftOut} bytes left out$`));
});

test('the first sample begins at most 1 MiB back, at the start of a line', async (t) => {
  const log = makeLog(t);
  log.add(20_000);
  await collect(t, ['--once', '--out', log.out, '--access-log', log.file, '--error-log', '/nonexistent']);
  const text = logText(samples(log.out), 'access');
  assert.ok(text.length <= 2 ** 20 && text.length > 2 ** 20 - 100);
  assert.ok(text.startsWith(LINE) && log.written().endsWith(text));
});

test('--fresh leaves out what was logged before the start', async (t) => {
  const log = makeLog(t);
  log.add(50);
  const run = follow(t, log, log.file, ['--fresh']);
  await run.sample(1);
  log.add(1);
  await run.sample(3);
  await end(run);
  assert.equal(logText(samples(log.out), 'access'), `${LINE} 51\n`);
  const [first] = samples(log.out);
  assert.equal(first!.probe('access-log').status, 'empty');
});

test('two logs of the same base name keep apart, and a log with a space in its path is read', async (t) => {
  const folder = scratch(t);
  for (const site of ['shop', 'old shop']) {
    mkdirSync(join(folder, site));
    writeFileSync(join(folder, site, 'access.log'), `${site}\n`);
  }
  const out = join(folder, 'out');
  await collect(t, ['--once', '--out', out, '--access-log', `${folder}/*/access.log`, '--error-log', '/nonexistent']);
  const [sample] = samples(out);
  const rows = sample!.probes.filter((row) => row.probe === 'access-log');
  assert.equal(new Set(rows.map((row) => row.member)).size, 2);
  assert.deepEqual(rows.map((row) => sample!.text(row.member)).toSorted(), ['old shop\n', 'shop\n']);
  for (const row of rows) assert.match(row.note, /^path=\/.*\/access\.log inode=\d+ offset=0$/);
});

test('a log that was deleted is told, not passed over', async (t) => {
  const log = makeLog(t);
  log.add(3);
  const run = follow(t, log, log.file);
  await run.sample(1);
  renameSync(log.file, join(log.folder, 'elsewhere'));
  await run.sample(3);
  await end(run);
  const gone = samples(log.out)
    .flatMap((sample) => sample.probes)
    .filter((row) => row.status === 'failed' && row.probe === 'access-log');
  assert.equal(gone.length, 1);
  assert.match(gone[0]!.note, /the file is gone/);
});

test('the lines of a sample that could not be written come with the next', async (t) => {
  const log = makeLog(t);
  log.add(3);
  const twice = `echo >>${log.folder}/packed; [ "$(wc -l <${log.folder}/packed)" -ne 2 ] && PATH=/usr/bin:/bin exec gzip`;
  const run = follow(t, log, log.file, ['--count', '3'], toolbox(join(log.folder, 'bin'), [], { gzip: twice }));
  await run.sample(1);
  log.add(4);
  const ended = await run.ended;
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /^lastack-collect: sample 2 is lost: cannot write to /m);
  assert.deepEqual(
    samples(log.out).map((sample) => sample.header.get('sequence')),
    ['1', '3'],
  );
  assert.equal(logText(samples(log.out), 'access'), log.written());
});

test('a log that is packed as it is rotated is read to its end', async (t) => {
  const log = makeLog(t);
  log.add(3);
  const run = follow(t, log, join(log.folder, 'access.log'));
  await run.sample(2);
  log.add(4);
  renameSync(log.file, `${log.file}.1`);
  log.add(2);
  writeFileSync(`${log.file}.1.gz`, gzipSync(readFileSync(`${log.file}.1`)));
  rmSync(`${log.file}.1`);
  await run.sample(5);
  run.child.kill('SIGTERM');
  await run.ended;
  assert.equal(logText(samples(log.out), 'access'), log.written());
});
