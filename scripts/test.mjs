// npm test: set-up, the checks, then the tests under dist/test whose .ts file exists. `npm test -- PATTERN...` runs only the
// test files whose path holds one of the patterns, without the checks. The last line counts checks and tests alike.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** More rounds than the fuzz tests make by themselves (200) take longer. */
const FILE_LIMIT_MS = 600_000 * Math.max(1, Number(process.env['FUZZ_ROUNDS'] ?? 0) / 200);
const CONCURRENCY = 2;

/** @typedef {{ name: string, tool: string, args: string[] }} Check */
/** @typedef {{ name: string, file?: string, skip?: string | boolean, todo?: string | boolean, details: { type?: string, error?: Error } }} TestEvent */

const BUILD = { name: 'build and types', tool: 'tsc', args: ['-p', 'tsconfig.json'] };
const CHECKS = [
  { name: 'types of scripts', tool: 'tsc', args: ['-p', 'scripts/tsconfig.json'] },
  { name: 'lint', tool: 'oxlint', args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'] },
  { name: 'format', tool: 'biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'dead code', tool: 'knip', args: ['--no-progress', '--treat-config-hints-as-errors'] },
];

process.chdir(ROOT);
process.env['TZ'] = 'UTC';
process.env['PATH'] += ':/usr/sbin:/sbin';
const patterns = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const problems = [];

setUp();
if (check(BUILD)) {
  if (patterns.length === 0) for (const step of CHECKS) check(step);
  await runTests(testFiles().filter((file) => patterns.length === 0 || patterns.some((part) => file.includes(part))));
}
summarise();

/**
 * Runs one check; prints its output only when it fails.
 * @param {Check} step
 */
function check({ name, tool, args }) {
  const started = performance.now();
  const done = spawnSync(join('node_modules/.bin', tool), args, { encoding: 'utf8', timeout: FILE_LIMIT_MS });
  const ok = done.status === 0;
  console.log(`${ok ? '✔' : '✖'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) {
    total.passed++;
  } else {
    console.log(`${done.stdout}${done.stderr}${done.error?.message ?? ''}`);
    fail(name);
  }
  return ok;
}

function testFiles() {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join(ROOT, 'dist/test', path.replace(/\.ts$/, '.js')))
    .toSorted();
}

/** @param {string[]} files */
async function runTests(files) {
  const ran = new Set();
  const stream = run({ files, concurrency: CONCURRENCY, timeout: FILE_LIMIT_MS });
  stream.on('test:pass', (event) => {
    if (event.details.type === 'suite' || event.name === event.file) return;
    ran.add(event.file);
    if (event.skip === undefined && event.todo === undefined) total.passed++;
    else skip(event);
  });
  stream.on('test:fail', (event) => {
    ran.add(event.file);
    if (Reflect.get(event.details.error, 'failureType') === 'subtestsFailed') return;
    fail(`${short(event.file)}: ${event.name === event.file ? event.details.error.message : event.name}`);
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
  for (const file of files) if (!ran.has(file)) fail(`${short(file)}: no test ran`);
  if (files.length === 0) fail('no test file was found');
}

/** @param {TestEvent} event */
function skip(event) {
  const reason = typeof event.skip === 'string' ? event.skip : 'skipped or todo';
  if (process.env['CI'] === 'true') fail(`${short(event.file)}: ${event.name}: skipped with CI=true (${reason})`);
  else total.skipped++;
}

/** @param {string} name */
function fail(name) {
  total.failed++;
  problems.push(name);
}

/** @param {string | undefined} file */
function short(file) {
  return file === undefined ? 'unknown file' : relative(join(ROOT, 'dist'), file).replace(/\.js$/, '.ts');
}

function summarise() {
  if (problems.length > 0) console.log(`\nFailed:\n${problems.map((name) => `  ${name}`).join('\n')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
