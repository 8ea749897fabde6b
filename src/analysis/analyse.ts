import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../base/errors.ts';
import { type Finding, type Instant, type Postmortem, SCHEMA_VERSION } from './document.ts';
import { readDocumentParts } from './document-parts.ts';
import { type JudgedFinding, readFinding } from './finding-document.ts';
import { loadLibrary, type QueryLibrary } from './library.ts';
import { checkParameterValues, thresholds } from './parameter-values.ts';
import { placeEvidence } from './place-evidence.ts';
import type { ParameterValues } from './rows.ts';
import { runLibrary, type TableSources } from './run-library.ts';
import { dropScope, makeScope, type ScopeOptions } from './scope.ts';
import { withFindings } from './timeline.ts';
import { causeLinks, judge, writeVerdict } from './verdict.ts';

/** How a case is analysed. Nothing in it changes the case. */
export interface AnalyseOptions extends ScopeOptions {
  readonly lastackVersion: string;
  /** Folders of the user's own queries; see `loadLibrary`. Ignored when `library` is given. */
  readonly queries?: readonly string[];
  readonly library?: QueryLibrary;
  /** Sources that fill each captured table, so that "empty" and "not looked at" can be told apart. */
  readonly tableSources?: TableSources;
  /** `finding.parameter` values instead of those of the query headers. */
  readonly parameters?: ParameterValues;
}

/**
 * Runs the query library over the case behind `connection` and returns its postmortem. The case is only read (its file
 * may be opened read-only): results are kept in temporary tables of this connection. The same case and options give the
 * same document. Throws a `CliError` when no sample lies within the limits asked for.
 */
export async function analyse(connection: DuckDBConnection, options: AnalyseOptions): Promise<Postmortem> {
  const library = options.library ?? (await loadLibrary(options.queries));
  const parameters = checkParameterValues(library, options.parameters ?? {});
  const tables = await makeScope(connection, options);
  try {
    const result = await runLibrary(connection, library, tables, options.tableSources ?? {}, parameters);
    const { impacts, captures, ...parts } = await readDocumentParts(connection, library, parameters);
    if (parts.runs.length === 0) throw new CliError(nothingThere(options), 2);
    const read = result.findings.flatMap(({ file, rows }) => rows.map((row) => readFinding(file, row)));
    const judged = placeEvidence(read, captures, library);
    const judgement = judge(judged);
    const recorded = {
      start: earliest(parts.runs.map((run) => run.start)),
      end: latest(parts.runs.map((run) => run.end)),
    };
    const unchecked = result.unchecked.map(({ file, missing }) => ({ id: file.id, title: file.title, missing }));
    const span = `on ${parts.hosts.map((host) => host.name).join(', ')} between ${recorded.start.slice(0, 19).replace('T', ' ')} and ${recorded.end.slice(11, 19)} UTC`;
    const intervalS = Math.max(1, ...parts.runs.map((run) => run.intervalS ?? 1));
    const window = windowOf(judgement.root, judged, recorded, intervalS);
    return {
      schemaVersion: SCHEMA_VERSION,
      kind: 'postmortem',
      recorded,
      window,
      ...parts,
      verdict: writeVerdict(
        judgement,
        span,
        unchecked.map((item) => item.id),
        {
          beginsBeforeRecording: window?.beginsBeforeRecording ?? false,
          hosts: parts.hosts.length,
          samples: Math.min(...parts.runs.map((run) => run.captures)),
          impacts,
        },
      ),
      findings: judgement.ordered.map((item) => item.finding),
      links: causeLinks(judgement.ordered),
      unchecked,
      course: courseOf(judgement.ordered),
      timeline: withFindings(parts.timeline, judgement.ordered),
      method: {
        lastack: options.lastackVersion,
        duckdb: await duckdbVersion(connection),
        queries: Object.values(library).flatMap((files) => files.map((file) => file.path)),
        parameters: thresholds(library, parameters),
        since: options.since ?? null,
        until: options.until ?? null,
      },
    };
  } finally {
    await dropScope(connection, tables);
  }
}

function nothingThere(options: AnalyseOptions): string {
  const limits = [
    ...(options.runs === undefined ? [] : [`run ${options.runs.join(', ')}`]),
    ...(options.hosts === undefined ? [] : [`host ${options.hosts.join(', ')}`]),
    ...(options.since === undefined ? [] : [`since ${options.since}`]),
    ...(options.until === undefined ? [] : [`until ${options.until}`]),
  ];
  return limits.length === 0
    ? 'the case holds no sample; import captures first'
    : `the case holds no sample for ${limits.join(', ')}; check the times (UTC) and names`;
}

/** The span of the incident: of all that is graver than info, else of the cause; null where nothing is wrong. */
export function windowOf(
  root: JudgedFinding | null,
  judged: readonly JudgedFinding[],
  recorded: Postmortem['recorded'],
  intervalS: number,
): Postmortem['window'] {
  const grave = judged
    .filter((item) => item.finding.severity !== 'info' && item.finding.role !== 'context')
    .map((item) => item.finding);
  const findings: readonly Finding[] = grave.length > 0 ? grave : root === null ? [] : [root.finding];
  if (findings.length === 0) return null;
  const start = earliest(findings.map((finding) => finding.onset));
  const open = findings.some((finding) => finding.end === null);
  return {
    start,
    end: open ? recorded.end : latest(findings.map((finding) => finding.end ?? recorded.end)),
    beginsBeforeRecording: Date.parse(start) <= Date.parse(recorded.start) + intervalS * 1000,
    endsAfterRecording: open,
  };
}

/** The cascade of the first finding that has one; a second listener's course would only repeat it. */
function courseOf(ordered: readonly JudgedFinding[]): Postmortem['course'] {
  return ordered.find((item) => item.course.length > 0)?.course ?? [];
}

function earliest(instants: readonly Instant[]): Instant {
  return instants.reduce((best, instant) => (instant < best ? instant : best));
}

function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((best, instant) => (instant > best ? instant : best));
}

async function duckdbVersion(connection: DuckDBConnection): Promise<string> {
  return String((await connection.runAndReadAll('select version()')).getRows()[0]?.[0]);
}
