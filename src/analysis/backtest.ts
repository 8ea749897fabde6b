import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../base/errors.ts';
import { type AnalyseOptions, analyse } from './analyse.ts';
import type { Finding, Instant, Severity } from './document.ts';
import { loadLibrary } from './library.ts';
import { textAt } from './rows.ts';

/** How a recording is replayed: at every step the window before it is analysed, with what was known by then. */
export interface BacktestOptions extends AnalyseOptions {
  readonly windowS: number;
  readonly stepS: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A finding as the replay saw it come. */
export interface Replayed {
  readonly id: string;
  readonly host: string;
  readonly subject: string | null;
  /** The gravest it was called. */
  readonly severity: Severity;
  /** Its onset, as said when it was first known. */
  readonly onset: Instant;
  readonly firstKnown: Instant;
  /** Seconds from the onset to that moment. */
  readonly delayS: number;
  /** Last moment at which it was still said. */
  readonly lastKnown: Instant;
  /** Moments at which it was said. */
  readonly moments: number;
  /** Moments at which it was named as the cause. */
  readonly asCause: number;
}

export interface Backtest {
  readonly moments: number;
  readonly findings: readonly Replayed[];
}

/** More moments than anybody waits for. */
const MOST_MOMENTS = 20_000;
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/**
 * Replays the detection over a recording as if live. A finding that goes and comes back counts again.
 * Throws a `CliError` (exit 2) where there is nothing to replay or the steps are too many.
 */
export async function backtest(connection: DuckDBConnection, options: BacktestOptions): Promise<Backtest> {
  const { windowS, stepS } = options;
  const library = options.library ?? (await loadLibrary(options.queries));
  const { start, end } = await recorded(connection, options);
  const total = Math.floor((end - start) / (stepS * 1000)) + 1;
  if (total > MOST_MOMENTS) {
    throw new CliError(`${total} steps are too many; take a longer --step or narrow it with --since and --until`, 2);
  }
  const open = new Map<string, { -readonly [key in keyof Replayed]: Replayed[key] }>();
  const findings: Replayed[] = [];
  for (let step = 0; step < total; step++) {
    const now = start + step * stepS * 1000;
    const knownBy = new Date(now).toISOString();
    const since = new Date(Math.max(start, now - windowS * 1000)).toISOString();
    const document = await analyse(connection, { ...options, library, since, until: knownBy, knownBy });
    const said = new Set<string>();
    for (const finding of document.findings) {
      const key = [finding.id, finding.host, finding.subject ?? ''].join('\0');
      const cause = document.verdict.rootCause === finding.id ? 1 : 0;
      const known = open.get(key);
      if (said.has(key)) continue;
      said.add(key);
      if (known === undefined) {
        const seen = firstSeen(finding, knownBy, cause);
        open.set(key, seen);
        findings.push(seen);
        continue;
      }
      known.lastKnown = knownBy;
      known.moments++;
      known.asCause += cause;
      if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(known.severity)) known.severity = finding.severity;
    }
    for (const key of open.keys()) if (!said.has(key)) open.delete(key);
    options.onProgress?.(step + 1, total);
  }
  return { moments: total, findings };
}

function firstSeen(finding: Finding, knownBy: Instant, asCause: number): Replayed {
  const { id, host, subject, severity, onset } = finding;
  const delayS = (Date.parse(knownBy) - Date.parse(onset)) / 1000;
  return { id, host, subject, severity, onset, firstKnown: knownBy, delayS, lastKnown: knownBy, moments: 1, asCause };
}

async function recorded(
  connection: DuckDBConnection,
  options: BacktestOptions,
): Promise<{ start: number; end: number }> {
  const reader = await connection.runAndReadAll(
    "select strftime(min(ts), '%Y-%m-%dT%H:%M:%S.%gZ') as start, strftime(max(ts), '%Y-%m-%dT%H:%M:%S.%gZ') as finish from capture",
  );
  const row = reader.getRowObjectsJson()[0]!;
  const first = Date.parse(textAt(row, 'start') ?? '');
  const last = Date.parse(textAt(row, 'finish') ?? '');
  if (Number.isNaN(first)) throw new CliError('the case holds no sample; import captures first', 2);
  const start = Math.max(first, options.since === undefined ? first : Date.parse(options.since));
  const end = Math.min(last, options.until === undefined ? last : Date.parse(options.until));
  if (end < start) throw new CliError('no sample lies between --since and --until', 2);
  return { start, end };
}
