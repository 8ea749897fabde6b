/**
 * The kernel log as dmesg prints it (util-linux 2.38 seen, kernel 6.18), raw or with any of its options:
 *
 *     [ 1222.099603] TCP: request_sock_TCP: Possible SYN flooding on port 10.77.0.1:8080. Sending cookies.
 *     kern  :warn  : [ 1569.169528] nf_conntrack: nf_conntrack: table full in netns 4026532602, dropping packet
 *     <6>[ 1653.831907] v1: entered promiscuous mode
 *     [Sun Nov 22 20:31:51 2026] v1: entered promiscuous mode
 *     2026-11-22T20:31:51,831907+00:00 v1: entered promiscuous mode
 *
 * https://man7.org/linux/man-pages/man1/dmesg.1.html
 */
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { SECOND_US } from '../../base/time.ts';
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW, type Tables } from '../source.ts';
import { eventOf } from './events.ts';
import { JsonMessage } from './json-line.ts';
import { FACILITIES, LEVELS, type Prefix, PrefixReader } from './prefix.ts';

const ESCAPE = 27;
const BRACKET = 91;
const LETTER_M = 109;
/** First bytes of the lines of `dmesg -J`: blank, braces, closing bracket. */
const JSON_STARTS: ReadonlySet<number> = new Set([32, 123, 125, 93]);

/** Reads a kernel log; every line that is not blank becomes a row. */
export function parseKernelLog(context: MemberContext, tables: Tables): LineParser {
  return new KernelLogParser(context, tables.of('kernel_log'));
}

class KernelLogParser implements LineParser {
  readonly #row: KernelRow;
  readonly #prefix: PrefixReader;
  readonly #json: JsonMessage = new JsonMessage();
  readonly #decoder = new TextDecoder();
  /** The message before, which a line without a time continues. */
  #before: Prefix | null = null;

  constructor(context: MemberContext, builder: TableBuilder) {
    this.#row = new KernelRow(context, builder);
    this.#prefix = new PrefixReader(context.zone, context.captureTsUs);
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    const plain = withoutColours(bytes.subarray(start, end));
    if (plain.length === 0) return KNOWN;
    const json = JSON_STARTS.has(plain[0]!) ? this.#json.read(this.#decoder.decode(plain)) : undefined;
    if (json === null) return KNOWN;
    if (json !== undefined) {
      const { time: bootS, priority } = this.#json;
      this.#row.write({ length: 0, bootS, priority, wallUs: Number.NaN, hasTime: true }, json, lineNo);
      this.#json.clear();
      return ROW;
    }
    const prefix = this.#prefix.read(plain, 0, plain.length);
    const message = this.#decoder.decode(plain.subarray(prefix.length));
    if (prefix.hasTime) this.#before = prefix;
    const time = prefix.hasTime || this.#before === null ? prefix : this.#before;
    this.#row.write({ ...time, priority: prefix.priority < 0 ? time.priority : prefix.priority }, message, lineNo);
    return ROW;
  }
}

/** The columns of `kernel_log`. */
class KernelRow {
  readonly #builder: TableBuilder;
  readonly #context: MemberContext;
  readonly #ts: Int64Column;
  readonly #bootS: NumberColumn;
  readonly #port: NumberColumn;
  readonly #count: Int64Column;
  readonly #lineNo: Int64Column;
  readonly #texts: ReadonlyMap<string, TextColumn>;

  constructor(context: MemberContext, builder: TableBuilder) {
    this.#context = context;
    this.#builder = builder;
    this.#ts = builder.int64('ts');
    this.#bootS = builder.number('boot_s');
    this.#port = builder.number('event_port');
    this.#count = builder.int64('event_count');
    this.#lineNo = builder.int64('line_no');
    const texts = builder.table.columns.filter((column) => column.type === 'VARCHAR');
    this.#texts = new Map(texts.map(({ name }) => [name, builder.text(name)]));
  }

  write(prefix: Prefix, message: string, lineNo: number): void {
    const { captureTsUs, uptimeS, bootId, member } = this.#context;
    const bootUs = uptimeS === null ? Number.NaN : captureTsUs - uptimeS * SECOND_US;
    const bootS = Number.isNaN(prefix.bootS) ? Math.round((prefix.wallUs - bootUs) / SECOND_US) : prefix.bootS;
    const ts = Number.isNaN(prefix.wallUs) ? Math.round(bootUs + prefix.bootS * SECOND_US) : prefix.wallUs;
    if (Number.isSafeInteger(ts)) this.#ts.set(ts);
    if (Number.isFinite(bootS)) this.#bootS.set(bootS);
    this.#text('boot_id', bootId);
    if (prefix.priority >= 0) {
      this.#text('level', LEVELS[prefix.priority & 7]);
      this.#text('facility', FACILITIES[prefix.priority >> 3]);
    }
    this.#text('message', message);
    const event = eventOf(message);
    if (event !== null) {
      this.#text('event', event.id);
      this.#text('event_interface', event.interface);
      this.#text('event_detail', event.detail);
      if (event.port !== null) this.#port.set(event.port);
      if (event.count !== null) this.#count.set(event.count);
    }
    this.#text('member', member);
    this.#lineNo.set(lineNo);
    this.#builder.next();
  }

  #text(column: string, value: string | null | undefined): void {
    if (value !== null && value !== undefined) this.#texts.get(column)!.setText(value);
  }
}

/** The line without `ESC [ … m`; the line itself when it has none. */
function withoutColours(line: Uint8Array): Uint8Array {
  if (line.indexOf(ESCAPE) < 0) return line;
  const plain = new Uint8Array(line.length);
  let length = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === ESCAPE && line[i + 1] === BRACKET) {
      const stop = line.subarray(i, i + 16).indexOf(LETTER_M);
      if (stop > 0) {
        i += stop;
        continue;
      }
    }
    plain[length++] = line[i]!;
  }
  return plain.subarray(0, length);
}
