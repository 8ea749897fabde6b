import type { Json } from '@duckdb/node-api';
import type { Action, Confidence, CourseStep, Evidence, Finding, Role, Severity } from './document.ts';
import { QueryError } from './query-error.ts';
import type { QueryFile } from './query-file.ts';
import { instantAt, numberAt, type Row, textAt, toInstant } from './rows.ts';

/** A finding with what the verdict needs beside it. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly run: string;
  /** Opens the verdict when this is the cause. */
  readonly headline: string;
  /** Follows in the verdict when something else is the cause; null when it has nothing to add. */
  readonly consequence: string | null;
  /** Ids of what this explains when it comes first. */
  readonly explains: readonly string[];
  /** What shows where it is this cause and no other that fits. */
  readonly tells: string | null;
  readonly course: readonly CourseStep[];
}

/** Shapes one row of a finding query. Throws a `QueryError` when the row breaks the finding contract. */
export function readFinding(file: QueryFile, row: Row): JudgedFinding {
  const onset = instantAt(row, 'onset');
  const host = textAt(row, 'host');
  const summary = textAt(row, 'summary');
  if (onset === null || host === null || summary === null)
    throw new QueryError(file.path, 'a finding needs host, onset and summary in every row');
  const severity = choice(file, row, 'severity', ['critical', 'warning', 'info'], file.severity ?? 'info');
  const role = choice(file, row, 'role', ['cause', 'symptom', 'context'], file.role ?? 'context');
  const confidence = choice(file, row, 'confidence', ['high', 'medium', 'low'], 'low');
  const finding: Finding = {
    id: file.id,
    title: file.title,
    severity,
    role,
    confidence,
    host,
    subject: textAt(row, 'subject'),
    onset,
    end: instantAt(row, 'ended'),
    onsetUncertaintyS: Math.round((numberAt(row, 'onset_uncertainty_s') ?? 0) * 10) / 10,
    summary,
    evidence: listAt(file, row, 'evidence').map(readEvidence),
    ruledOut: listAt(file, row, 'ruled_out').map((item) => ({
      id: textAt(item, 'id') ?? '',
      because: textAt(item, 'because') ?? '',
    })),
    actions: listAt(file, row, 'actions').map(readAction),
    caveats: file.caveats,
    query: file.path,
    sql: file.sql,
  };
  return {
    finding,
    run: textAt(row, 'run') ?? '',
    headline: textAt(row, 'headline') ?? file.title,
    consequence: textAt(row, 'consequence'),
    explains: file.explains.filter((id) => id !== 'none'),
    tells: file.tells,
    course: listAt(file, row, 'course').map((item) => readStep(file.id, host, item)),
  };
}

function choice<T extends Severity | Role | Confidence>(
  file: QueryFile,
  row: Row,
  column: string,
  choices: readonly T[],
  otherwise: T,
): T {
  const value = textAt(row, column);
  if (value === null) return otherwise;
  const found = choices.find((candidate) => candidate === value);
  if (found === undefined) throw new QueryError(file.path, `${column} "${value}" must be one of ${choices.join(', ')}`);
  return found;
}

/** A JSON column that holds a list of objects; null is the empty list. */
function listAt(file: QueryFile, row: Row, column: string): Row[] {
  const value = row[column];
  if (value === null || value === undefined) return [];
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (!Array.isArray(list))
    throw new QueryError(file.path, `${column} must be a JSON list, it is ${JSON.stringify(value).slice(0, 60)}`);
  return list as Row[];
}

function readEvidence(item: Row): Evidence {
  const at = textAt(item, 'at');
  return {
    text: textAt(item, 'text') ?? '',
    ...present('metric', textAt(item, 'metric')),
    ...present('dimension', textAt(item, 'dimension')),
    ...present('value', numberAt(item, 'value')),
    ...present('baseline', numberAt(item, 'baseline')),
    ...present('unit', textAt(item, 'unit')),
    ...present('at', at === null ? null : toInstant(at)),
    ...present('capture', textAt(item, 'capture')),
    ...present('member', textAt(item, 'member')),
    ...present('line', numberAt(item, 'line')),
    ...present('excerpt', textAt(item, 'excerpt')),
  };
}

function readAction(item: Row): Action {
  return {
    text: textAt(item, 'text') ?? '',
    ...present('command', textAt(item, 'command')),
    risk: textAt(item, 'risk') ?? 'unknown',
    verify: textAt(item, 'verify') ?? 'unknown',
  };
}

function readStep(finding: string, host: string, item: Row): CourseStep {
  const status = textAt(item, 'status');
  const onset = textAt(item, 'onset');
  const ended = textAt(item, 'ended');
  return {
    finding,
    host,
    step: textAt(item, 'step') ?? '',
    title: textAt(item, 'title') ?? '',
    status: status === 'seen' || status === 'not-seen' ? status : 'not-observable',
    onset: onset === null ? null : toInstant(onset),
    end: ended === null ? null : toInstant(ended),
    lagS: numberAt(item, 'lag_s'),
    peak: numberAt(item, 'peak'),
    usual: numberAt(item, 'usual'),
    note: textAt(item, 'note') ?? '',
  };
}

function present<K extends string, V extends Json>(key: K, value: V | null): { readonly [P in K]?: V } {
  return (value === null ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
