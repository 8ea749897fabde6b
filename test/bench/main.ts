// npm run bench [-- sources | import | analysis | report | collector]: how fast each source is imported; how fast and how small import is on
// generated captures; how fast a large case is analysed; how large and quick the page of a long case is; what
// a sample costs on a host with many sockets (root). Without a word: the first two. BENCH_MB (300) sets the size of the
// captures, BENCH_RUNS (3) how often everything is timed in turn, BENCH_SAMPLES (720) the size of the case.
import { cpus } from 'node:os';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { printAnalysisSpeed } from './analysis-speed.ts';
import { printCollectorCost } from './collector-cost.ts';
import { printImportSpeed } from './import-speed.ts';
import { printReportSpeed } from './report-speed.ts';
import { printSourceSpeeds } from './source-speed.ts';

const runs = wholeNumber('BENCH_RUNS', 3);
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  sources: async () => printSourceSpeeds(await loadSources(), runs),
  import: () => printImportSpeed(wholeNumber('BENCH_MB', 300), runs),
  analysis: () => printAnalysisSpeed(wholeNumber('BENCH_SAMPLES', 720)),
  report: printReportSpeed,
  collector: printCollectorCost,
};

const named = process.argv.slice(2);
const unknown = named.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`bench: no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const part of named.length === 0 ? ['sources', 'import'] : named) await PARTS[part]!();

function wholeNumber(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${variable} wants a whole number above zero`);
  return value;
}
