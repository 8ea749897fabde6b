import type { Role, Severity } from './document.ts';
import { type MetricComparison, parseComparisons } from './metric-comparison.ts';
import { nearestName } from './nearest-name.ts';
import { QueryError } from './query-error.ts';
import { checkKeys, linesOf, listOf, type RawHeader, splitHeader, textOf } from './query-header.ts';

/** What a query is for; the folder it lies in. They run in this order. */
export const QUERY_KINDS = [
  'functions',
  'relations',
  'metrics',
  'episodes',
  'findings',
  'document',
  'comparison',
] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

export type ParameterType = 'DOUBLE' | 'INTEGER' | 'VARCHAR' | 'BOOLEAN';

/** A named threshold of a query: `$name` in its statement. */
export interface QueryParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: number | string | boolean;
  /** `-` for a plain number. */
  readonly unit: string;
  readonly meaning: string;
}

/** A column that a query returns. */
export interface QueryColumn {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
}

/** What is known of a metric, whatever its dimension. */
export interface MetricInfo {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'rate' | 'ratio';
  /** Which way is worse; `none` has no episodes. */
  readonly worse: 'up' | 'down' | 'none';
  /** Smallest value (smallest usual value where down is worse) that matters in practice. */
  readonly minimum: number;
  /** The usual value where it is known beforehand (0 overflows); null when it is to be measured. */
  readonly usual: number | null;
  readonly title: string;
}

/** One file of the SQL library: its header, checked, and its one statement. */
export interface QueryFile {
  readonly kind: QueryKind;
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly question: string;
  readonly why: string;
  /** How a finding is decided, in words. */
  readonly logic: readonly string[];
  /** Tables and relations the statement reads. */
  readonly needs: readonly string[];
  /**
   * Captured tables without which the question has no answer: all groups, one table of each (`a | b`).
   * Only findings name it; without it every captured table of `needs` is meant.
   */
  readonly evidence: readonly (readonly string[])[] | null;
  readonly params: readonly QueryParameter[];
  readonly columns: readonly QueryColumn[];
  readonly metrics: readonly MetricInfo[];
  /** How its metrics are compared between runs, where that is not the usual way. */
  readonly comparisons: readonly MetricComparison[];
  readonly severity: Severity | null;
  readonly role: Role | null;
  /** Findings that are symptoms of this one when it comes first. */
  readonly explains: readonly string[];
  /** What shows where it is this cause and no other that fits, after "it shows in"; null where no such thing is known. */
  readonly tells: string | null;
  readonly caveats: readonly string[];
  readonly refs: readonly string[];
  readonly sql: string;
}

const KEYS: Record<QueryKind, { required: readonly string[]; optional: readonly string[] }> = {
  functions: { required: ['id', 'title'], optional: [] },
  relations: { required: ['id', 'title', 'why', 'needs', 'columns'], optional: ['params', 'refs'] },
  metrics: { required: ['id', 'title', 'why', 'needs', 'metrics'], optional: ['params', 'refs', 'compare'] },
  episodes: { required: ['id', 'title', 'why', 'needs', 'columns'], optional: ['params', 'refs'] },
  findings: {
    required: ['id', 'title', 'question', 'why', 'needs', 'columns', 'severity', 'role', 'caveats', 'refs'],
    optional: ['logic', 'params', 'evidence', 'explains', 'tells'],
  },
  document: { required: ['id', 'title', 'needs', 'columns'], optional: ['params', 'why'] },
  comparison: { required: ['id', 'title', 'why', 'needs', 'columns'], optional: ['params', 'refs'] },
};

/** Columns of every metric file. */
export const METRIC_COLUMNS: readonly QueryColumn[] = parseColumns('metric', [
  'run VARCHAR name of the run',
  'host VARCHAR host the value is from',
  'ts TIMESTAMP when: the sample, or the start of the bucket for values counted in logs',
  'metric VARCHAR name, as listed in the header',
  'dimension VARCHAR listener, backend, state, interface …; empty for the whole host',
  'kind VARCHAR gauge, rate or ratio',
  'value DOUBLE the value; a missing value has no row',
]);

/** Columns a finding returns where its header says `columns: finding`. */
export const FINDING_COLUMNS: readonly QueryColumn[] = parseColumns('finding', [
  'run VARCHAR name of the run',
  'host VARCHAR host the finding is about',
  'subject VARCHAR listener, backend, interface; null for the whole host',
  'onset TIMESTAMP when it began',
  'ended TIMESTAMP when it was over; null: still going on at the end',
  'onset_uncertainty_s DOUBLE half-width of what is known of the onset',
  'severity VARCHAR critical, warning or info',
  'role VARCHAR cause, symptom or context',
  'confidence VARCHAR high, medium or low',
  'headline VARCHAR a sentence with the finding as its subject, without a full stop; opens the verdict',
  'consequence VARCHAR the same as the effect of something else, for "…, and …" in the verdict',
  'summary VARCHAR what was seen, in one or two sentences',
  'evidence JSON list of evidence()',
  'ruled_out JSON list of ruled_out()',
  'actions JSON list of action()',
]);

/** Parses and checks one query file. Throws a `QueryError` that says what is wrong and what would be right. */
export function parseQueryFile(kind: QueryKind, path: string, text: string): QueryFile {
  const { header, sql } = splitHeader(path, text);
  const keys = KEYS[kind];
  checkKeys(path, header, keys.required, keys.optional);
  const id = textOf(header, 'id');
  const stem = path.replace(/^.*[\\/]/, '').replace(/\.sql$/, '');
  if (id !== stem) throw new QueryError(path, `id "${id}" differs from the file name "${stem}"`);
  const title = textOf(header, 'title');
  if (title.length > 70) throw new QueryError(path, `title has ${title.length} characters, at most 70 are allowed`);
  const question = textOf(header, 'question');
  if (kind === 'findings' && !question.endsWith('?')) throw new QueryError(path, 'question must end in "?"');
  const params = linesOf(header, 'params').map((line) => parseParameter(path, line));
  checkParameters(path, sql, params);
  const metrics = linesOf(header, 'metrics').map((line) => parseMetric(path, line));
  return {
    kind,
    id,
    path,
    title,
    question,
    why: textOf(header, 'why'),
    logic: linesOf(header, 'logic'),
    needs: listOf(header, 'needs'),
    evidence: header.has('evidence')
      ? listOf(header, 'evidence').map((group) => group.split('|').map((name) => name.trim()))
      : null,
    params,
    columns: columnsOf(kind, path, header),
    metrics,
    comparisons: parseComparisons(path, linesOf(header, 'compare'), metrics),
    severity: choiceOf(path, header, 'severity', ['critical', 'warning', 'info']),
    role: choiceOf(path, header, 'role', ['cause', 'symptom', 'context']),
    explains: listOf(header, 'explains'),
    tells: header.has('tells') ? textOf(header, 'tells') : null,
    caveats: linesOf(header, 'caveats'),
    refs: linesOf(header, 'refs'),
    sql,
  };
}

function choiceOf<T extends string>(path: string, header: RawHeader, key: string, choices: readonly T[]): T | null {
  if (!header.has(key)) return null;
  const value = textOf(header, key);
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new QueryError(path, `${key} "${value}" must be one of ${choices.join(', ')}`);
  return choice;
}

function columnsOf(kind: QueryKind, path: string, header: RawHeader): readonly QueryColumn[] {
  if (kind === 'metrics') return METRIC_COLUMNS;
  const lines = linesOf(header, 'columns');
  if (kind === 'findings' && lines[0] === 'finding') return [...FINDING_COLUMNS, ...parseColumns(path, lines.slice(1))];
  return parseColumns(path, lines);
}

function parseColumns(path: string, lines: readonly string[]): QueryColumn[] {
  return lines.map((line) => {
    const match = /^([a-z_][a-z0-9_]*)\s+([A-Z][A-Z0-9]*(?:\[\])?)\s+(\S.*)$/.exec(line);
    if (!match) throw new QueryError(path, `column "${line}": expected "name TYPE meaning"`);
    return { name: match[1]!, type: match[2]!, meaning: match[3]! };
  });
}

function parseParameter(path: string, line: string): QueryParameter {
  const match = /^([a-z_][a-z0-9_]*)\s+([A-Z]+)\s+(\S+)\s+(\S+)\s+(\S.*)$/.exec(line);
  if (!match) throw new QueryError(path, `parameter "${line}": expected "name TYPE default unit meaning"`);
  const type = match[2]!;
  if (type !== 'DOUBLE' && type !== 'INTEGER' && type !== 'VARCHAR' && type !== 'BOOLEAN') {
    throw new QueryError(path, `parameter "${match[1]!}": type "${type}" must be DOUBLE, INTEGER, VARCHAR or BOOLEAN`);
  }
  const value = parseParameterValue(type, match[3]!);
  if (value === null) throw new QueryError(path, `parameter "${match[1]!}": "${match[3]!}" is no ${type}`);
  return { name: match[1]!, type, value, unit: match[4]!, meaning: match[5]! };
}

/** The value written as `text`, or null when it is none of that type. */
export function parseParameterValue(type: ParameterType, text: string): number | string | boolean | null {
  if (type === 'VARCHAR') return text;
  if (type === 'BOOLEAN') return text === 'true' ? true : text === 'false' ? false : null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return null;
  return type === 'INTEGER' && !Number.isInteger(value) ? null : value;
}

function checkParameters(path: string, sql: string, params: readonly QueryParameter[]): void {
  const bare = sql.replace(/'(?:[^']|'')*'/g, "''").replace(/--[^\n]*/g, '');
  const used = new Set([...bare.matchAll(/\$([a-z_][a-z0-9_]*)/g)].map((match) => match[1]!));
  const declared = new Set(params.map((param) => param.name));
  for (const name of used) {
    if (declared.has(name)) continue;
    const near = nearestName(name, declared);
    throw new QueryError(
      path,
      `the statement uses $${name}, which "params" does not declare${near ? `; did you mean $${near}?` : ''}`,
    );
  }
  for (const name of declared) {
    if (!used.has(name)) throw new QueryError(path, `parameter "${name}" is declared and not used`);
  }
}

function parseMetric(path: string, line: string): MetricInfo {
  const match = /^(\S+)\s+(\S+)\s+(gauge|rate|ratio)\s+(up|down|none)\s+([\d.]+)\s+(measured|[\d.]+)\s+(\S.*)$/.exec(
    line,
  );
  if (!match)
    throw new QueryError(
      path,
      `metric "${line}": expected "name unit gauge|rate|ratio up|down|none minimum usual|measured title"`,
    );
  return {
    name: match[1]!,
    unit: match[2]!,
    kind: match[3] as MetricInfo['kind'],
    worse: match[4] as MetricInfo['worse'],
    minimum: Number(match[5]),
    usual: match[6] === 'measured' ? null : Number(match[6]),
    title: match[7]!,
  };
}
