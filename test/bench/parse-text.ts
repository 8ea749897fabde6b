import { LineSplitter } from '../../src/base/lines.ts';
import { TableBuilder } from '../../src/base/table-builder.ts';
import { fixedZone } from '../../src/base/zone.ts';
import { KNOWN, ROW, type Source } from '../../src/sources/source.ts';
import { processorMs } from '../support/processor-time.ts';
import type { SourceText } from './source-text.ts';

const CHUNK_BYTES = 65_536;
const WARM_MS = 300;
const ENOUGH_MS = 600;

/** Where the lines of a text went. */
export interface Outcome {
  lines: number;
  rows: number;
  rejects: number;
}

/** MB a second of the parser alone, on one core: batches are built and dropped, each copy of the text is a member. */
export function parserSpeed(source: Source, text: SourceText): number {
  const builders = buildersOf(source, () => {});
  const run = (ms: number): number => {
    let bytes = 0;
    const started = processorMs();
    while (processorMs() - started < ms) {
      // Reading the clock costs as much as a small text.
      for (let copy = 0; copy < 20; copy++) {
        parse(source, text, builders);
        bytes += text.bytes.length;
      }
    }
    return bytes / 1000 / (processorMs() - started);
  };
  run(WARM_MS);
  return run(ENOUGH_MS);
}

/** What a source makes of a text. */
export function parseText(source: Source, text: SourceText): Outcome {
  let rows = 0;
  const builders = buildersOf(source, (batch) => void (rows += batch));
  const { lines, rejects } = parse(source, text, builders);
  for (const builder of builders.values()) builder.flush();
  return { lines, rows, rejects };
}

function buildersOf(source: Source, onRows: (rows: number) => void): ReadonlyMap<string, TableBuilder> {
  return new Map(source.tables.map((table) => [table.name, new TableBuilder(table, (_, batch) => onRows(batch.rows))]));
}

function parse(
  source: Source,
  { member, bytes, context }: SourceText,
  builders: ReadonlyMap<string, TableBuilder>,
): { readonly lines: number; readonly rejects: number } {
  let rejects = 0;
  const parser = source.parse(
    {
      member,
      captureTsUs: 0,
      zone: fixedZone(0),
      uptimeS: null,
      bootId: null,
      logFormat: null,
      errorLogFormat: null,
      slice: null,
      ...context,
    },
    { of: (table) => builders.get(table)! },
  );
  const splitter = new LineSplitter(
    (line, start, end, lineNo, offset) => {
      const outcome = parser.line(line, start, end, lineNo, offset);
      if (outcome !== ROW && outcome !== KNOWN) rejects++;
    },
    () => rejects++,
  );
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) splitter.push(bytes.subarray(at, at + CHUNK_BYTES));
  splitter.end();
  parser.end?.();
  return { lines: splitter.lines, rejects };
}
