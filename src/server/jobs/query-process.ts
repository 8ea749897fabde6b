import type { DuckDBResultReader } from '@duckdb/node-api';
import { loadLibrary } from '../../analysis/library.ts';
import { libraryNames, makeLibrary } from '../../analysis/query-by-id.ts';
import { CliError } from '../../base/errors.ts';
import { loadSources } from '../../ingest/load-sources.ts';
import { tableSources } from '../../ingest/table-sources.ts';
import type { QueryChart } from '../../report/query-chart.ts';
import { CaseFile } from '../../store/case-file.ts';
import { doJob } from './job-process.ts';
import { lockDown, runLocked } from './locked-query.ts';

/** One statement of a visitor. */
export interface QueryJob {
  readonly casePath: string;
  readonly sql: string;
  readonly rows: number;
  readonly seconds: number;
  readonly memoryMb: number;
}

/** What it gave. Values are those of JSON; numbers past 2^53 are texts. */
export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** There are more rows than are shown. */
  readonly isCut: boolean;
  readonly ms: number;
  /** A drawing, when the columns allow one: SVG without text of the evidence. */
  readonly chart: QueryChart | null;
}

/** Characters of one value, and of all, that are shown. */
const VALUE_LENGTH = 4000;
const ALL_LENGTH = 16 * 2 ** 20;
doJob(async ({ casePath, sql, rows, seconds, memoryMb }: QueryJob): Promise<QueryAnswer> => {
  const file = await CaseFile.openReadOnly(casePath, memoryMb);
  try {
    const { connection } = file;
    let clock: NodeJS.Timeout | null = null;
    try {
      if (await readsLibrary(sql))
        await makeLibrary(connection, { queries: [], tableSources: tableSources(await loadSources()) });
      await lockDown(connection);
      clock = setTimeout(() => connection.interrupt(), seconds * 1000);
      const began = performance.now();
      const reader = await runLocked(connection, sql, rows + 1);
      const answer = shown(reader, rows, Math.round(performance.now() - began));
      return { ...answer, chart: await chartOf(answer) };
    } catch (error) {
      throw new CliError(complaint(error, seconds), 2, { cause: error });
    } finally {
      if (clock !== null) clearTimeout(clock);
    }
  } finally {
    file.close();
  }
});

/** Whether the statement may name something that the library makes. */
async function readsLibrary(sql: string): Promise<boolean> {
  const names = libraryNames(await loadLibrary());
  return [...sql.matchAll(/\w+/g)].some(([word]) => names.has(word.toLowerCase()));
}

/** The chart library is loaded when there may be something to draw. */
async function chartOf(answer: Omit<QueryAnswer, 'chart'>): Promise<QueryChart | null> {
  if (answer.columns.length < 2 || answer.rows.length < 2) return null;
  return (await import('../../report/query-chart.ts')).drawQueryChart(answer);
}

function shown(reader: DuckDBResultReader, most: number, ms: number): Omit<QueryAnswer, 'chart'> {
  const types = reader.columnTypes();
  const columns = reader.columnNames().map((name, i) => ({ name, type: types[i]!.toString() }));
  const isNumber = columns.map(({ type }) =>
    /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|DOUBLE|FLOAT|DECIMAL)/.test(type),
  );
  let length = 0;
  const rows: unknown[][] = [];
  for (const row of reader.getRowsJson()) {
    if (rows.length >= most || length > ALL_LENGTH) return { columns, rows, isCut: true, ms };
    const values = row.map((value, i) => plain(value, isNumber[i]!));
    for (const value of values) if (typeof value === 'string') length += value.length;
    rows.push(values);
  }
  return { columns, rows, isCut: false, ms };
}

function plain(value: unknown, isNumber: boolean): unknown {
  if (isNumber && typeof value === 'string' && Number.isSafeInteger(Math.trunc(Number(value)))) return Number(value);
  if (typeof value === 'object' && value !== null) return cut(JSON.stringify(value));
  return typeof value === 'string' ? cut(value) : value;
}

function cut(text: string): string {
  return text.length <= VALUE_LENGTH
    ? text
    : `${text.slice(0, VALUE_LENGTH)}… (${text.length - VALUE_LENGTH} more characters)`;
}

function complaint(error: unknown, seconds: number): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/interrupt/i.test(message)) return `the query took longer than ${seconds} s and was ended`;
  if (/^Out of Memory/i.test(message)) return 'the query needs more memory than it may have; ask for less at a time';
  return message.split('\n')[0] ?? message;
}
