// npm run demo: the postmortem of the recorded worker exhaustion, in ./postmortem.html.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const REPORT = join(ROOT, 'postmortem.html');
const SAMPLE = join(ROOT, 'samples/worker-exhaustion');

const build = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', ROOT], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const started = performance.now();
const cli = join(ROOT, 'dist/src/cli/main.js');
const done = spawnSync(process.execPath, [cli, 'report', SAMPLE, '-o', REPORT], { stdio: 'inherit' });
if (done.status !== 0) process.exit(done.status ?? 1);
console.log(`${REPORT}, made in ${((performance.now() - started) / 1000).toFixed(1)} s`);
