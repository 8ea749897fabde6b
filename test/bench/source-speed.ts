import { gunzipSync, gzipSync } from 'node:zlib';
import { LineSplitter } from '../../src/base/lines.ts';
import { TableBuilder } from '../../src/base/table-builder.ts';
import { fixedZone } from '../../src/base/zone.ts';
import { KNOWN, type MemberContext, ROW, type Source } from '../../src/sources/source.ts';
import { processorMs } from '../support/processor-time.ts';
import { type SourceCase, sourceCases } from '../support/source-cases.ts';

const LF = 10;
const CHUNK_BYTES = 65_536;
/** A member's text is repeated to this size: what is done once a member does not count much. */
const TEXT_BYTES = 2 ** 20;
const ENOUGH_BYTES = 20 * 2 ** 20;
const ENOUGH_MS = 1_500;
const LEAST_ROUNDS = 2;
/** No source should be slower than a fifth of the fastest, in bytes. */
const SHARE_GOAL = 1 / 5;

interface Speed {
  readonly source: string;
  readonly megabytes: number;
  readonly lines: number;
  readonly rows: number;
  readonly rejectShare: number;
  /** Times as long as gunzip takes for the same text. */
  readonly gunzips: number;
}

interface Text {
  readonly bytes: Uint8Array;
  /** Bytes after which a parser of its own begins. */
  readonly piece: number;
  readonly member: string;
  readonly context: Partial<MemberContext>;
}

/** Prints how fast each source reads its golden inputs, repeated, on one core; batches are built and dropped. */
export function printSourceSpeeds(sources: readonly Source[]): void {
  const cases = sourceCases();
  const speeds = sources
    .map((source) =>
      speedOf(
        source,
        textsOf(
          source,
          cases.filter((golden) => golden.source === source.id),
        ),
      ),
    )
    .filter((speed) => speed !== null)
    .toSorted((a, b) => b.megabytes - a.megabytes);
  console.log('\nparsers alone, one core, golden inputs repeated, by processor time');
  console.log(`  ${'source'.padEnd(22)}   MB/s   lines/s    rows/s  rejects  time in gunzips of the same text`);
  for (const { source, megabytes, lines, rows, rejectShare, gunzips } of speeds) {
    const share = `${(rejectShare * 100).toFixed(0)} %`.padStart(7);
    console.log(
      `  ${source.padEnd(22)} ${megabytes.toFixed(0).padStart(6)} ${thousands(lines)} ${thousands(rows)}  ${share}  ${gunzips.toFixed(1)}`,
    );
  }
  const [fastest, slowest] = [speeds[0], speeds.at(-1)];
  if (fastest === undefined || slowest === undefined) return;
  console.log(
    `slowest to fastest, MB/s: 1 to ${(fastest.megabytes / slowest.megabytes).toFixed(1)} (${slowest.source}, ${fastest.source})`,
  );
  const slow = speeds.filter(({ megabytes }) => megabytes < fastest.megabytes * SHARE_GOAL).map(({ source }) => source);
  console.log(`under a fifth of the fastest: ${slow.length === 0 ? 'none' : slow.join(', ')}`);
}

function textsOf(source: Source, cases: readonly SourceCase[]): readonly Text[] {
  return cases.flatMap(({ members, context }) =>
    members
      .filter(({ bytes }) => bytes.length > 0)
      .map(({ name, bytes }) => {
        const once = bytes.at(-1) === LF ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
        const text = { bytes: repeated(once), piece: TEXT_BYTES * 2, member: name, context };
        const { lines, rejects } = parse(source, text);
        // A text that is read but once in a member gets a parser for each copy.
        return rejects > lines / 2 ? { ...text, piece: once.length } : text;
      }),
  );
}

function repeated(bytes: Uint8Array): Uint8Array {
  return Buffer.concat(Array<Uint8Array>(Math.ceil(TEXT_BYTES / bytes.length)).fill(bytes));
}

function speedOf(source: Source, texts: readonly Text[]): Speed | null {
  if (texts.length === 0) return null;
  for (const text of texts) parse(source, text);
  const sum = { bytes: 0, ms: 0, lines: 0, rows: 0, rejects: 0 };
  for (let round = 0; round < LEAST_ROUNDS || (sum.bytes < ENOUGH_BYTES && sum.ms < ENOUGH_MS); round++) {
    for (const text of texts) {
      const started = processorMs();
      const { lines, rows, rejects } = parse(source, text);
      sum.ms += processorMs() - started;
      sum.bytes += text.bytes.length;
      sum.lines += lines;
      sum.rows += rows;
      sum.rejects += rejects;
    }
  }
  const seconds = sum.ms / 1000;
  return {
    source: source.id,
    megabytes: sum.bytes / 1e6 / seconds,
    lines: sum.lines / seconds,
    rows: sum.rows / seconds,
    rejectShare: sum.rejects / Math.max(1, sum.lines),
    gunzips: sum.ms / sum.bytes / gunzipMsPerByte(texts),
  };
}

function gunzipMsPerByte(texts: readonly Text[]): number {
  let bytes = 0;
  let ms = 0;
  for (const text of texts) {
    const packed = gzipSync(text.bytes);
    gunzipSync(packed);
    const started = processorMs();
    bytes += gunzipSync(packed).length;
    ms += processorMs() - started;
  }
  return ms / bytes;
}

function parse(source: Source, text: Text): { lines: number; rows: number; rejects: number } {
  const sum = { lines: 0, rows: 0, rejects: 0 };
  const count = (_: string, batch: { readonly rows: number }): void => void (sum.rows += batch.rows);
  const builders = new Map(source.tables.map((table) => [table.name, new TableBuilder(table, count)]));
  const plain = {
    member: text.member,
    captureTsUs: 0,
    zone: fixedZone(0),
    uptimeS: null,
    bootId: null,
    logFormat: null,
    errorLogFormat: null,
    slice: null,
  };
  for (let at = 0; at < text.bytes.length; at += text.piece) {
    const piece = text.bytes.subarray(at, at + text.piece);
    const parser = source.parse({ ...plain, ...text.context }, { of: (table) => builders.get(table)! });
    const splitter = new LineSplitter(
      (line, start, end, lineNo, offset) => {
        const outcome = parser.line(line, start, end, lineNo, offset);
        if (outcome !== ROW && outcome !== KNOWN) sum.rejects++;
      },
      () => sum.rejects++,
    );
    for (let from = 0; from < piece.length; from += CHUNK_BYTES)
      splitter.push(piece.subarray(from, from + CHUNK_BYTES));
    splitter.end();
    parser.end?.();
    sum.lines += splitter.lines;
  }
  for (const builder of builders.values()) builder.flush();
  return sum;
}

function thousands(value: number): string {
  return `${(value / 1000).toFixed(0)} k`.padStart(9);
}
