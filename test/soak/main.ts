// npm run test:collector-soak: SOAK_SAMPLES (5000) samples, one after the other, into a folder with a limit of bytes and of
// captures; a capture by hand now and then, logs that are rotated all the time, and collectors killed at random moments.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Random } from '../bench/random.ts';
import { toolbox } from '../collector/collector.ts';
import { projectRoot } from '../support/project.ts';

const COLLECTOR = join(projectRoot, 'src/collector/lastack-collect');
const LIMIT_BYTES = 2 * 2 ** 20;
const KEEP = 60;
const ROTATE_EVERY = 5;
const TRIGGER_EVERY = 700;
const KILL_EVERY = 500;

const wanted = Number(process.env['SOAK_SAMPLES'] ?? 5000);
const folder = mkdtempSync(join(tmpdir(), 'lastack-soak-'));
const out = join(folder, 'out');
const log = join(folder, 'access.log');
// a host with few tools: the soak is of the disk and the logs, and a sample shall be quick
const FEW = ['ip', 'netstat', 'ethtool', 'conntrack', 'dmesg', 'ps', 'curl', 'wget', 'journalctl'];
const env = { ...process.env, PATH: toolbox(join(folder, 'bin'), FEW) };
const limits = ['--keep', String(KEEP), '--keep-bytes', String(LIMIT_BYTES), '--out', out];
const logs = ['--access-log', log, '--error-log', '/nonexistent', '--system-log', '/nonexistent'];

let taken = 0;
let lines = 0;
let rotations = 0;
let kills = 0;
let largest = 0;
const triggered: string[] = [];
const chance = new Random(1);

try {
  while (taken < wanted) await life(Math.min(KILL_EVERY, wanted - taken));
  console.log(
    `${taken} samples, ${rotations} rotations, ${kills} killed, ${triggered.length} triggered: at most ${largest} bytes of ${LIMIT_BYTES}, ${lines} lines of log all there once`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One collector until it is killed at a random moment. */
async function life(samples: number): Promise<void> {
  const child = spawn('sh', [COLLECTOR, '--interval', '0.001', ...limits, ...logs], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  const ended = once(child, 'exit');
  let seen = 0;
  let read: number | null = null;
  for await (const line of createInterface(child.stderr)) {
    const name = /^lastack-collect: sample \d+: (\S+),/.exec(line)?.[1];
    assert.ok(name !== undefined || line.includes('missed'), line);
    if (name === undefined) continue;
    seen++;
    taken++;
    check(name);
    read = checkLog(name, read);
    writeLog();
    if (seen === samples) break;
  }
  await setTimeout(chance.between(0, 400));
  child.kill(kills++ % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
  await ended;
  for (const whole of readdirSync(out)
    .filter((file) => file.endsWith('.tar.gz'))
    .slice(-3))
    assert.equal(spawnSync('tar', ['-tzf', join(out, whole)]).status, 0, whole);
  if (Math.floor(taken / TRIGGER_EVERY) > triggered.length) trigger();
}

/** What is under the limits, whole, and still there. */
function check(newest: string): void {
  const names = readdirSync(out).filter((name) => name.endsWith('.tar.gz'));
  const bytes = names.reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  largest = Math.max(largest, bytes);
  // the newest becomes visible before the oldest go
  assert.ok(names.length <= KEEP + 1, `${names.length} captures`);
  assert.ok(bytes <= LIMIT_BYTES + statSync(join(out, newest)).size, `${bytes} bytes`);
  for (const name of triggered) assert.ok(names.includes(name), `${name} is gone`);
}

/** Every line that was written since the sample before is in this one, once, through all rotations. Gives the last one. */
function checkLog(newest: string, before: number | null): number {
  const text = gunzipSync(readFileSync(join(out, newest))).toString('latin1');
  const numbers = [...text.matchAll(/ 5000 (\d+)\n/g)].map((match) => Number(match[1])).toSorted((a, b) => a - b);
  if (before === null) return numbers.at(-1) ?? lines;
  for (const [i, number] of numbers.entries()) assert.equal(number, before + 1 + i, `lines in ${newest}`);
  return before + numbers.length;
}

function writeLog(): void {
  appendFileSync(log, `192.0.2.7 - - [22/Nov/2026:20:36:14 +0000] "GET / HTTP/1.1" 200 5000 ${++lines}\n`);
  if (taken % ROTATE_EVERY !== 0) return;
  renameSync(log, `${log}.1`);
  appendFileSync(log, '');
  rotations++;
}

/** A capture as a trigger makes it, asked for by its file. */
function trigger(): void {
  const options = ['--watch', '--tick', '0.2', '--after', '0.4', '--duration', '1.5', '--controls', '0', '--quiet'];
  appendFileSync(join(out, 'trigger-now'), '');
  const done = spawnSync('sh', [COLLECTOR, ...options, '--trigger', 'load1 > 100000', ...limits, ...logs]);
  assert.equal(done.status, 0, String(done.stderr));
  const made = readdirSync(out).filter((name) => name.endsWith('-trigger.tar.gz') && !triggered.includes(name));
  assert.equal(made.length, 1, 'one capture by hand');
  triggered.push(...made);
}
