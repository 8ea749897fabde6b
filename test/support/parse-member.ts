import { type ColumnValues, openBatch, type PackedBatch } from '../../src/base/batch.ts';
import { LineSplitter } from '../../src/base/lines.ts';
import type { Column, ColumnType } from '../../src/base/table.ts';
import { TableBuilder } from '../../src/base/table-builder.ts';
import { fixedZone } from '../../src/base/zone.ts';
import { KNOWN, type LineOutcome, type MemberContext, ROW, type Source } from '../../src/sources/source.ts';

/** A value as tests see it: BIGINT is bigint, BOOLEAN is boolean, TIMESTAMP is text (`2026-11-22T20:30:00.123456Z`). */
export type Value = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface Reject {
  readonly member: string;
  readonly line_no: number;
  readonly reason: string;
  readonly excerpt: string;
}

/** What came of a member: the rows of each declared table, and where every line went. */
export interface Parsed {
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  readonly rejects: readonly Reject[];
  /** Lines in the input; always `rowLines + knownLines + rejects.length` for a sound parser. */
  readonly lines: number;
  readonly rowLines: number;
  readonly knownLines: number;
}

/** 2026-11-22T20:30:00Z: the sample time of a case that does not give its own. */
export const CAPTURE_TS_US: number = Date.UTC(2026, 10, 22, 20, 30) * 1000;

/** Drives a source over one member given in chunks, as ingest does. */
export function parseMember(
  source: Source,
  member: string,
  chunks: readonly Uint8Array[],
  context: Partial<MemberContext> = {},
): Parsed {
  const tables = new Map<string, Row[]>(source.tables.map((table) => [table.name, []]));
  const columns = new Map(source.tables.map((table) => [table.name, table.columns]));
  const sink = (name: string, batch: PackedBatch): void => {
    for (const row of readRows(batch, columns.get(name)!)) tables.get(name)!.push(row);
  };
  const builders = new Map(source.tables.map((table) => [table.name, new TableBuilder(table, sink)]));
  const parser = source.parse(
    {
      member,
      captureTsUs: CAPTURE_TS_US,
      zone: fixedZone(0),
      uptimeS: null,
      bootId: null,
      logFormat: null,
      errorLogFormat: null,
      slice: null,
      ...context,
    },
    {
      of(table) {
        const builder = builders.get(table);
        if (builder === undefined) throw new TypeError(`${source.id} does not declare table ${table}`);
        return builder;
      },
    },
  );
  const rejects: Reject[] = [];
  let rowLines = 0;
  let knownLines = 0;
  const take = (outcome: LineOutcome, lineNo: number, excerpt: Uint8Array): void => {
    if (outcome === ROW) rowLines++;
    else if (outcome === KNOWN) knownLines++;
    else rejects.push({ member, line_no: lineNo, reason: outcome, excerpt: new TextDecoder().decode(excerpt) });
  };
  const splitter = new LineSplitter(
    (bytes, start, end, lineNo, offset) => {
      take(parser.line(bytes, start, end, lineNo, offset), lineNo, bytes.subarray(start, Math.min(end, start + 120)));
    },
    (lineNo, head) => take('line too long', lineNo, head),
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  parser.end?.();
  for (const builder of builders.values()) builder.flush();
  return { tables, rejects, lines: splitter.lines, rowLines, knownLines };
}

function readRows(packed: PackedBatch, columns: readonly Column[]): Row[] {
  const batch = openBatch(packed);
  return Array.from({ length: batch.rows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, type }, at) => [name, readValue(batch.columns[at]!, row, type)])),
  );
}

function readValue(column: ColumnValues | null, row: number, type: ColumnType): Value {
  if (column === null) return null;
  const { values, validity, texts } = column;
  if (validity !== null && (validity[row >> 3]! & (1 << (row & 7))) === 0) return null;
  if (type === 'BOOLEAN') return values[row] === 1;
  if (type === 'BIGINT' || type === 'TIMESTAMP') {
    const value = new DataView(values.buffer, values.byteOffset).getBigInt64(row * 8, true);
    return type === 'BIGINT' ? value : isoMicroseconds(value);
  }
  if (texts === null) return values[row]!;
  const code = values[row]!;
  return new TextDecoder().decode(texts.bytes.subarray(texts.offsets[code], texts.offsets[code + 1]));
}

function isoMicroseconds(microseconds: bigint): string {
  const whole = new Date(Number(microseconds / 1000n)).toISOString().slice(0, -1);
  return `${whole}${String(microseconds % 1000n).padStart(3, '0')}Z`;
}
