import { isIPv6 } from 'node:net';
import { ipBytes } from './ip-text.ts';
import type { Form } from './spans.ts';

/** An address inside a word; positions are those in the word. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
}

const DOT = 46;
const ZERO = 48;
const COLONS = /(?:(?<![0-9A-Za-z:])|(?<=[g-zG-Z][A-Za-z]{0,12}:))[0-9A-Fa-f:.]{2,60}(?![0-9A-Za-z])/g;
const LINK = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5,19}$/i;
const PORT = /:\d{1,5}$/;
/** Six bytes to, six bytes from, two of the protocol: how the kernel logs a frame. */
const FRAME_PAIRS = 14;
const MAC_CHARS = 17;

/**
 * Where the IPv4 address ends that begins at `start`: four numbers below 256, perhaps with a port behind a dot, but not six of
 * them: those are object ids. -1 for none.
 */
export function ipv4End(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let octet = 0; octet < 4; octet++) {
    let value = 0;
    let digits = 0;
    for (; at < end && digits < 3 && isDigit(bytes[at]!); at++, digits++) value = value * 10 + bytes[at]! - ZERO;
    if (digits === 0 || value > 255) return -1;
    if (octet < 3 && (at >= end || bytes[at++] !== DOT)) return -1;
  }
  if (at < end && isDigit(bytes[at]!)) return -1;
  const fifth = numberEnd(bytes, at, end);
  return fifth > at && numberEnd(bytes, fifth, end) > fifth ? -1 : at;
}

/** Where `.123` at `at` ends; `at` itself where there is none. */
function numberEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end || bytes[at] !== DOT || !isDigit(bytes[at + 1]!)) return at;
  let to = at + 1;
  while (to < end && isDigit(bytes[to]!)) to++;
  return to;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

/** IPv6 and link addresses in a word. `isEndpoint`: what stands behind the last colon is a port. */
export function colonsIn(word: string, isEndpoint: boolean): Found[] {
  const found: Found[] = [];
  for (const { 0: text, index } of word.matchAll(COLONS)) {
    const from = /^:[^:]/.test(text) ? 1 : 0;
    const candidate = text.slice(from).replace(/\.+$|(?<=[^:]):$/, '');
    found.push(...readColons(candidate, isEndpoint, index + from));
  }
  return found;
}

function readColons(text: string, isEndpoint: boolean, at: number): Found[] {
  const span = (start: number, end: number, form: Form): Found => ({ start: at + start, end: at + end, form });
  if (LINK.test(text)) {
    const pairs = (text.length + 1) / 3;
    if (pairs !== FRAME_PAIRS) return [span(0, text.length, 'mac')];
    return [span(0, MAC_CHARS, 'mac'), span(MAC_CHARS + 1, 2 * MAC_CHARS + 1, 'mac')];
  }
  const host = text.replace(PORT, '');
  const withoutPort = host !== text && isIPv6(host) && (isEndpoint || !isIPv6(text));
  const end = withoutPort ? host.length : text.length;
  return isIPv6(text.slice(0, end)) ? [span(0, end, 'ip')] : [];
}

/** The length of `/24` behind a network's address whose other bits are zero; 0 where there is none. */
export function networkSuffix(address: string, behind: string): number {
  const match = /^\/(\d{1,3})(?![\d.])/.exec(behind);
  if (match === null) return 0;
  const bytes = ipBytes(address);
  const bits = Number(match[1]);
  if (bytes === null || bits >= bytes.length * 8) return 0;
  for (let bit = bits; bit < bytes.length * 8; bit++) if ((bytes[bit >> 3]! & (0x80 >> (bit & 7))) !== 0) return 0;
  return match[0].length;
}

/** Whether the text before a number of four parts makes it a version: `Chrome/`, `version `. */
export function namesVersion(before: string): boolean {
  return /(?:^|[\s"'(;])[A-Z][\w.+-]*\/$/.test(before) || /\b(?:version|release|kernel|linux)[ :=]+"?$/i.test(before);
}
