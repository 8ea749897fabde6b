import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCaptures } from './captures.ts';
import { clockAndProcessor, type Measured, measureCli, unpackAndCount } from './measure.ts';
import { median } from './median.ts';

const RATIO_GOAL = 4;
const PEAK_GOAL_MB = 700;

/** Prints how long an import of generated captures takes, in how much memory, and how many times as long as unpacking them. */
export async function printImportSpeed(megabytes: number, runs: number): Promise<void> {
  const { folder, tarballs, packedBytes } = makeCaptures(megabytes);
  const packed = (packedBytes / 1e6).toFixed(0);
  console.log(`${tarballs.length} tarballs, ${megabytes} MB of text, ${packed} MB packed, in ${folder}`);
  console.log('\nimport, and tar -xzO | wc -l of the same files two at a time');
  const imports: Measured[] = [];
  const ratios: number[] = [];
  const cpuRatios: number[] = [];
  unpackAndCount(tarballs);
  for (let run = 1; run <= runs; run++) {
    const unpack = unpackAndCount(tarballs);
    const imported = await importOnce(tarballs);
    const ratio = imported.seconds / unpack.seconds;
    imports.push(imported);
    ratios.push(ratio);
    cpuRatios.push(imported.cpuSeconds / unpack.cpuSeconds);
    console.log(
      `  run ${run}: import ${clockAndProcessor(imported)}, peak ${imported.peakMb.toFixed(0)} MB;` +
        ` unpack ${clockAndProcessor(unpack)}, ${unpack.lines} lines; ratio ${ratio.toFixed(2)}`,
    );
  }
  const seconds = median(imports.map((one) => one.seconds));
  const peak = Math.max(...imports.map((one) => one.peakMb));
  const ratio = median(ratios);
  console.log(`\nimport  ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s (median)`);
  console.log(`ratio   ${ratio.toFixed(2)} (median), goal at most ${RATIO_GOAL}: ${verdict(ratio <= RATIO_GOAL)}`);
  console.log(`        ${median(cpuRatios).toFixed(2)} in processor time (median)`);
  console.log(`memory  ${peak.toFixed(0)} MB (highest), goal under ${PEAK_GOAL_MB}: ${verdict(peak < PEAK_GOAL_MB)}`);
}

async function importOnce(tarballs: readonly string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-case-'));
  try {
    const caseFile = join(folder, 'bench.duckdb');
    const measured = await measureCli(['import', ...tarballs, '--case', caseFile, '--quiet']);
    if (statSync(caseFile).size < 100_000) throw new Error(`${caseFile} holds next to nothing`);
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}
