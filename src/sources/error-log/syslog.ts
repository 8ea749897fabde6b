const LONGEST_PREFIX = 160;
/** `Nov 22 20:31:51 www1 httpd[123]: ` or `2026-11-22T20:31:51.123456+00:00 www1 apache2: `. */
const PREFIX =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) [^\s:]{1,64} [\w./-]{1,40}(?:\[\d{1,10}\])?: /;

/** Where the text of a line begins that syslog has written; -1 when it has not. */
export function syslogTextAt(bytes: Uint8Array, start: number, end: number): number {
  const isDated = bytes[start + 4] === 45 && bytes[start + 10] === 84;
  if (end - start < 20 || (!isDated && (bytes[start + 6] !== 32 || bytes[start + 9] !== 58))) return -1;
  const head = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST_PREFIX)));
  const match = PREFIX.exec(head);
  return match === null ? -1 : start + match[0].length;
}
