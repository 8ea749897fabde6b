import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineSplitter } from '../../src/base/lines.ts';
import { TableBuilder } from '../../src/base/table-builder.ts';
import { fixedZone } from '../../src/base/zone.ts';
import type { Source } from '../../src/sources/source.ts';

const CHUNK_BYTES = 65_536;
const ROUNDS = 5;

/** MB of text one core reads in a second with this source's parser, the batches included: the median of some rounds. */
export function parserSpeed(source: Source, folder: string, member: string, logFormat: string): number {
  const bytes = readFileSync(join(folder, member));
  const speeds = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    parse(source, member, bytes, logFormat);
    return bytes.length / 1000 / (performance.now() - started);
  });
  return speeds.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
}

function parse(source: Source, member: string, bytes: Uint8Array, logFormat: string): void {
  const builders = new Map(source.tables.map((table) => [table.name, new TableBuilder(table, () => {})]));
  const context = {
    member,
    captureTsUs: 0,
    zone: fixedZone(0),
    uptimeS: null,
    bootId: null,
    logFormat,
    errorLogFormat: null,
    slice: { inode: '1', offset: 0 },
  };
  const parser = source.parse(context, { of: (table) => builders.get(table)! });
  const splitter = new LineSplitter(
    (line, start, end, lineNo, offset) => void parser.line(line, start, end, lineNo, offset),
    () => {},
  );
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) splitter.push(bytes.subarray(at, at + CHUNK_BYTES));
  splitter.end();
  parser.end?.();
  for (const builder of builders.values()) builder.flush();
}
