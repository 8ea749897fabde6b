/**
 * Apache access logs, one line a request, written when the request has ended (Apache 2.2 and 2.4, mod_log_config):
 *
 *     10.80.0.1 - - [22/Nov/2026:20:36:14 +0000] "GET /drop/x HTTP/1.1" 502 381 "-" "curl/7.88.1"
 *     lb.example:80 10.80.0.1 - - [22/Nov/2026:20:36:14 +0000] "GET / HTTP/1.1" 200 203 "-" "curl/7.88.1"
 *     10.80.0.1 - - [22/Nov/2026:20:38:35 +0000] "-" 408 - "-" "-"
 *     10.80.0.1 - - [22/Nov/2026:20:40:20 +0000] "\x16\x03\x01\x02" 400 266 "-" "-" 139 0 0 - 33 448 "-" 0 -
 *
 * A line is read by the LogFormat that wrote it, where the capture has it; else by the first common one that fits.
 * https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats
 */
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW, type Tables } from '../source.ts';
import { compileFormat, type LineFormat } from './compile.ts';
import { readLogFormat } from './log-format.ts';
import { RequestRow } from './row.ts';

const COMMON = '%h - %u %t "%r" %>s %b';
const COMBINED = `${COMMON} "%{Referer}i" "%{User-Agent}i"`;
/** Formats that are recognised, the most telling first. */
const KNOWN_FORMATS: readonly string[] = [`%v:%p ${COMBINED}`, COMBINED, `%v:%p ${COMMON}`, COMMON];
/** Lines at the beginning of a member that are held against all formats: the first one may be cut off. */
const FIRST_LINES = 20;

/** Reads an access log by `context.logFormat`, or by recognising its format. */
export function parseAccessLog(context: MemberContext, tables: Tables): LineParser {
  const row = new RequestRow(tables.of('access_log'), context.member, context.zone);
  const tokens = context.logFormat === null ? null : readLogFormat(context.logFormat);
  const given = tokens === null ? null : compileFormat(tokens, row, false);
  return given === null ? new RecognisingParser(row) : new GivenFormatParser(row, given);
}

/** A line of another, well-known format is read all the same: formats change while a log goes on. */
class GivenFormatParser implements LineParser {
  readonly #row: RequestRow;
  readonly #given: LineFormat;
  readonly #others: readonly LineFormat[];

  constructor(row: RequestRow, given: LineFormat) {
    this.#row = row;
    this.#given = given;
    this.#others = knownFormats(row, false);
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    if (start === end) return KNOWN;
    const reason = tryFormat(this.#given, this.#row, bytes, start, end);
    if (reason !== null && findFormat(this.#others, this.#row, bytes, start, end) === null) return reason;
    this.#row.finish(lineNo);
    return ROW;
  }
}

class RecognisingParser implements LineParser {
  readonly #row: RequestRow;
  readonly #exact: readonly LineFormat[];
  readonly #all: readonly LineFormat[];
  #current: LineFormat | null = null;
  #lines = 0;

  constructor(row: RequestRow) {
    this.#row = row;
    this.#exact = knownFormats(row, false);
    this.#all = [...this.#exact, ...knownFormats(row, true)];
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    if (start === end) return KNOWN;
    const settled = ++this.#lines > FIRST_LINES && this.#current !== null;
    if (!settled || tryFormat(this.#current!, this.#row, bytes, start, end) !== null) {
      const format = findFormat(settled ? this.#exact : this.#all, this.#row, bytes, start, end);
      if (format === null) return 'no well-known access-log format fits';
      this.#current = format;
    }
    this.#row.finish(lineNo);
    return ROW;
  }
}

function knownFormats(row: RequestRow, withTail: boolean): LineFormat[] {
  return KNOWN_FORMATS.map((text) => {
    const format = compileFormat(readLogFormat(text)!, row, withTail);
    if (format === null) throw new TypeError(`built-in log format does not compile: ${text}`);
    return format;
  });
}

function tryFormat(format: LineFormat, row: RequestRow, bytes: Uint8Array, start: number, end: number): string | null {
  row.begin();
  const reason = format.read(bytes, start, end);
  if (reason !== null) row.builder.abandon();
  return reason;
}

function findFormat(
  formats: readonly LineFormat[],
  row: RequestRow,
  bytes: Uint8Array,
  start: number,
  end: number,
): LineFormat | null {
  return formats.find((format) => tryFormat(format, row, bytes, start, end) === null) ?? null;
}
