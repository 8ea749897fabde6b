import { ENTRIES, makeLargeCase, SOCKETS } from './large-case.ts';
import { clockAndProcessor, measureCli } from './measure.ts';

const GOAL_S = 10;

/** Prints how long the analysis of a generated case of so many samples takes. */
export async function printAnalysisSpeed(samples: number): Promise<void> {
  const caseFile = await makeLargeCase(samples);
  console.log(`analysis of ${samples} samples, ${SOCKETS} sockets and ${ENTRIES} conntrack entries in each`);
  const measured = await measureCli(['report', '--case', caseFile, '--format', 'json', '-o', '-', '--quiet']);
  const verdict = measured.cpuSeconds <= GOAL_S ? 'reached' : 'MISSED';
  console.log(`  ${clockAndProcessor(measured)}, goal at most ${GOAL_S} s of processor: ${verdict}`);
  console.log(`  peak ${measured.peakMb.toFixed(0)} MB`);
}
