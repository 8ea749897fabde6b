import { compileFormat, type LineFormat } from './compile.ts';
import { readLogFormat } from './log-format.ts';
import type { RequestRow } from './row.ts';

const COMMON = '%h - %u %t "%r" %>s %b';
const AGENTS = '"%{Referer}i" "%{User-Agent}i"';
const COMBINED = `${COMMON} ${AGENTS}`;
/** Formats that are recognised, the most telling first. */
const FORMATS: readonly string[] = [
  `%v:%p ${COMBINED}`,
  COMBINED,
  `%v:%p ${COMMON}`,
  COMMON,
  `%v ${COMBINED}`,
  `%v ${COMMON}`,
  '%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x "%r" %b',
  `%h %l %u %t "%r" %>s %b ${AGENTS}`,
  '%h %l %u %t "%r" %>s %b',
  `%{X-Forwarded-For}i - %u %t "%r" %>s %b ${AGENTS}`,
  '%{X-Forwarded-For}i - %u %t "%r" %>s %b',
];
/** Of these, `%O` can be told from other numbers: it is never less than the body that `%b` counts. */
const WITH_SIZES: readonly string[] = [`%v:%p ${COMBINED} %I %O`, `${COMBINED} %I %O`, `%v ${COMBINED} %I %O`];

/** Formats that are read without being told; `withTail`: with further fields behind, which are kept in `extra`. */
export function knownFormats(row: RequestRow, withTail: boolean): LineFormat[] {
  return FORMATS.map((text) => compile(text, row, withTail));
}

/** Formats that end in bytes received and sent. */
export function formatsWithSizes(row: RequestRow): LineFormat[] {
  return WITH_SIZES.map((text) => compile(text, row, false));
}

function compile(text: string, row: RequestRow, withTail: boolean): LineFormat {
  const format = compileFormat(readLogFormat(text)!, row, withTail);
  if (format === null) throw new TypeError(`built-in log format does not compile: ${text}`);
  return format;
}
