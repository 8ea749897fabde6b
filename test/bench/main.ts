// npm run bench: how fast each source is imported, then how fast and how small import is on generated captures. BENCH_MB (300)
// sets their size, BENCH_RUNS (3) how often everything is timed in turn. npm run bench -- sources: the first part alone.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { ENTRIES, makeLargeCase, SOCKETS } from './analysis.ts';
import { makeCaptures } from './captures.ts';
import { type Measured, measure, unpackAndCount } from './measure.ts';
import { median } from './median.ts';
import { printSourceSpeeds } from './source-speed.ts';

const RATIO_GOAL = 4;
const PEAK_GOAL_MB = 700;
const ANALYSIS_GOAL_S = 10;
const CLI = join(import.meta.dirname, '../../src/cli/main.js');
const megabytes = wholeNumber('BENCH_MB', 300);
const runs = wholeNumber('BENCH_RUNS', 3);
console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
if (process.argv[2] === 'analysis') {
  await benchAnalysis();
  process.exit();
}
await printSourceSpeeds(await loadSources(), runs);
if (process.argv[2] === 'sources') process.exit();

const captures = makeCaptures(megabytes);
const packed = (captures.packedBytes / 1e6).toFixed(0);
console.log(
  `${captures.tarballs.length} tarballs, ${megabytes} MB of text, ${packed} MB packed, in ${captures.folder}`,
);

console.log('\nimport, and tar -xzO | wc -l of the same files two at a time');
const imports: Measured[] = [];
const ratios: number[] = [];
const cpuRatios: number[] = [];
unpackAndCount(captures.tarballs);
for (let run = 1; run <= runs; run++) {
  const unpack = unpackAndCount(captures.tarballs);
  const imported = await importOnce();
  const ratio = imported.seconds / unpack.seconds;
  imports.push(imported);
  ratios.push(ratio);
  cpuRatios.push(imported.cpuSeconds / unpack.cpuSeconds);
  console.log(
    `  run ${run}: import ${clock(imported)}, peak ${imported.peakMb.toFixed(0)} MB;` +
      ` unpack ${clock(unpack)}, ${unpack.lines} lines; ratio ${ratio.toFixed(2)}`,
  );
}
const seconds = median(imports.map((one) => one.seconds));
const peak = Math.max(...imports.map((one) => one.peakMb));
const ratio = median(ratios);
console.log(`\nimport  ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s (median)`);
console.log(
  `ratio   ${ratio.toFixed(2)} (median), goal at most ${RATIO_GOAL}: ${ratio <= RATIO_GOAL ? 'reached' : 'MISSED'}`,
);
console.log(`        ${median(cpuRatios).toFixed(2)} in processor time (median)`);
console.log(
  `memory  ${peak.toFixed(0)} MB (highest), goal under ${PEAK_GOAL_MB}: ${peak < PEAK_GOAL_MB ? 'reached' : 'MISSED'}`,
);

async function benchAnalysis(): Promise<void> {
  const samples = wholeNumber('BENCH_SAMPLES', 720);
  const caseFile = await makeLargeCase(samples);
  console.log(`analysis of ${samples} samples, ${SOCKETS} sockets and ${ENTRIES} conntrack entries in each`);
  const args = ['report', '--case', caseFile, '--format', 'json', '-o', '-', '--quiet'];
  const measured = await measure(process.execPath, [CLI, ...args]);
  const verdict = measured.cpuSeconds <= ANALYSIS_GOAL_S ? 'reached' : 'MISSED';
  console.log(`  ${clock(measured)}, goal at most ${ANALYSIS_GOAL_S} s of processor: ${verdict}`);
  console.log(`  peak ${measured.peakMb.toFixed(0)} MB`);
}

async function importOnce(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-case-'));
  try {
    const caseFile = join(folder, 'bench.duckdb');
    const args = ['import', ...captures.tarballs, '--case', caseFile, '--quiet'];
    const measured = await measure(process.execPath, [CLI, ...args]);
    if (statSync(caseFile).size < 100_000) throw new Error(`${caseFile} holds next to nothing`);
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function clock(measured: { readonly seconds: number; readonly cpuSeconds: number }): string {
  return `${measured.seconds.toFixed(2)} s (processor ${measured.cpuSeconds.toFixed(2)} s)`;
}

function wholeNumber(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${variable} wants a whole number above zero`);
  return value;
}
