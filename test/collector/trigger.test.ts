import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Postmortem } from '../../src/analysis/document.ts';
import { lastack } from '../support/cli.ts';
import { whyNoNamespace } from '../support/lab.ts';
import { COLLECTOR, NO_LOGS, scratch } from './collector.ts';

/** A service that takes its connections at once; from a word on stdin on, it takes none, and clients keep coming. */
const SERVICE = `
import { createServer, connect } from 'node:net';
import { spawn } from 'node:child_process';
const child = spawn(process.execPath, ['--input-type=module', '-e', \`
  import { createServer } from 'node:net';
  createServer((s) => s.resume().on('error', () => {}).end()).listen({ host: '203.0.113.5', port: 80, backlog: 4 }, () => console.log('ready'));
\`], { stdio: ['ignore', 'pipe', 'inherit'] });
let many = 1;
child.stdout.once('data', () => {
  console.log('ready');
  setInterval(() => { for (let i = 0; i < many; i++) { const s = connect(80, '203.0.113.5'); s.on('error', () => {}); setTimeout(() => s.destroy(), 4000); } }, 100);
});
process.stdin.once('data', () => { child.kill('SIGSTOP'); many = 4; });
process.on('SIGTERM', () => { child.kill('SIGKILL'); process.exit(); });
`;

const QUIET_S = 10;

test('a service that stops accepting: the trigger fires within two looks, and that one capture names the cause', async (t) => {
  const why = whyNoNamespace(['ip', 'ss']);
  if (why !== null) return t.skip(why);
  const out = scratch(t);
  const options = `--watch --tick 1 --after 6 --interval 600 --controls 0 --budget 50 --out ${out} ${NO_LOGS.join(' ')}`;
  const script = `ip link set lo up && ip addr add 203.0.113.5/32 dev lo
"$1" --input-type=module -e "$2" & service=$!
trap 'kill $service; wait' EXIT
dash ${COLLECTOR} ${options} --duration ${QUIET_S + 14}`;
  const child = spawn(
    'unshare',
    ['-n', 'sh', '-c', script.replace('-e "$2" &', '-e "$2" <&3 &'), 'sh', process.execPath, SERVICE],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  t.after(() => child.kill('SIGTERM'));
  let told = '';
  const fired = new Promise<number>((resolve) => {
    child.stderr!.on('data', (text: Buffer) => {
      told += text.toString();
      if (told.includes('capture: ')) resolve(Date.now());
    });
  });
  await setTimeout(QUIET_S * 1000); // what shall be seen before the trigger has to pass
  assert.doesNotMatch(told, /capture: /, 'it was quiet until now');
  const from = Date.now();
  (child.stdio[3] as NodeJS.WritableStream).write('stop\n');
  const after = (await fired) - from;
  await once(child, 'exit');
  assert.ok(after < 4000, `fired after ${after} ms: ${told}`);
  const archive = readdirSync(out).find((name) => name.endsWith('-trigger.tar.gz'));
  const report = await lastack(['report', join(out, archive!), '--format', 'json', '-o', '-', '--quiet']);
  assert.equal(report.code, 0, report.stderr);
  const document = JSON.parse(report.stdout) as Postmortem;
  assert.match(document.verdict.sentence, /^The accept queue of 203\.0\.113\.5:80 \(limit 4\) overflowed/);
  assert.ok(document.findings.some((finding) => finding.id === 'accept-queue-overflow'));
  assert.equal(document.window!.beginsBeforeRecording, false);
  const onset = Date.parse(document.window!.start);
  assert.ok(Math.abs(onset - from) < 3000, `onset ${onset - from} ms after the fault`);
  const shown = (onset - Date.parse(document.runs[0]!.start)) / 1000;
  assert.ok(shown > QUIET_S - 4, `the capture shows ${shown} s before the onset`);
});
