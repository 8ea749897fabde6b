import { isIPv6 } from 'node:net';
import type { Form, Span } from './spans.ts';

const SOCKETS = /^(?:Netid\s|State\s|Proto\s+Recv-Q)/;
const SOCKET_LINE =
  /^((?:(?:tcp|udp|raw|sctp|dccp)\w*\s+)?(?:[A-Z][A-Z0-9_-]+\s+)?\d+\s+\d+\s+)(\S+)(:[^\s:]+)(\s+)(\S+)(:[^\s:]+)(?=\s|$)/;
const CUT_ADDRESS = /^[0-9a-f:.]+$/i;
/** A last octet that cannot be the head of a longer one. */
const LONG_OCTET = /\.(?:0|2[6-9]|[3-9]\d|\d{3})$/;
/** Width of netstat's columns where its header does not tell. */
const LEAST_WIDTH = 23;
const USER_HEADS = new Set(['USER', 'EUSER', 'RUSER', 'UID', 'LOGIN', 'OWNER']);
const HEADER_CHARS = 400;
const ROUTES = /^Iface\s+Destination\s+Gateway\s/;
const HEX_ADDRESS = /\b[0-9A-F]{8}\b/g;

/** What a column is for, the header above it says: users of `ps` and `w`, names in socket tables, routes in hexadecimal. */
export class Columns {
  #spans: Span[] = [];
  #user = -1;
  #width = LEAST_WIDTH;
  #table: 'none' | 'ss' | 'netstat' | 'routes' = 'none';

  /** Whether addresses are set against the right edge of their column, as `ss` has them. */
  get isRightAligned(): boolean {
    return this.#table === 'ss';
  }

  /** Whether a line that does not look like a header has to be read all the same. */
  wants(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#user >= 0 || this.#table === 'routes') return true;
    return this.#table !== 'none' && mayNameHosts(bytes, start, end);
  }

  /** Looks at a line below the last header, or takes it for a new one. */
  read(line: string): readonly Span[] {
    this.#spans = [];
    if (this.#header(line)) return this.#spans;
    if (line === '') this.#user = -1;
    else if (this.#user >= 0) this.#userColumn(line);
    if (this.#table === 'routes') this.#routes(line);
    else if (this.#table !== 'none') this.#endpoints(line);
    return this.#spans;
  }

  #header(line: string): boolean {
    if (SOCKETS.test(line)) {
      this.#table = line.startsWith('Proto') ? 'netstat' : 'ss';
      this.#user = -1;
      this.#width = Math.max(LEAST_WIDTH, line.indexOf('Foreign Address') - line.indexOf('Local Address') - 1);
      return true;
    }
    if (ROUTES.test(line)) {
      this.#table = 'routes';
      return true;
    }
    const head = line.slice(0, HEADER_CHARS);
    if (!/\bPID\b|\bUSER\b|\bpid\b/.test(head)) return false;
    const heads = head.trim().toUpperCase().split(/\s+/);
    const user = heads.findIndex((head) => USER_HEADS.has(head));
    if (user < 0 || heads.length < 4) return false;
    this.#user = user;
    this.#table = 'none';
    return true;
  }

  #userColumn(line: string): void {
    let column = 0;
    for (const { 0: word, index } of line.matchAll(/\S+/g)) {
      if (column++ < this.#user) continue;
      if (/^[A-Za-z_][\w.+$@\\-]*$/.test(word)) this.#add(index, index + word.length, 'user');
      return;
    }
  }

  #endpoints(line: string): void {
    const match = SOCKET_LINE.exec(line);
    if (match === null) return;
    const [, head, local, localPort, gap, peer, peerPort] = match as unknown as readonly string[];
    this.#endpoint(head!.length, local!, localPort!.length);
    this.#endpoint(head!.length + local!.length + localPort!.length + gap!.length, peer!, peerPort!.length);
  }

  /** netstat cuts what is wider than its column: what fills it was cut, and nothing else may come to fill it. */
  #endpoint(at: number, host: string, portChars: number): void {
    const name = host.replace(/%.*$/, '');
    const length = name.length;
    const isFull = length + portChars >= this.#width;
    const width = [isFull ? length : 0, isFull ? length : this.#width - portChars - 1] as const;
    const add = (form: Form): void => {
      this.#spans.push({ start: at, end: at + length, form, ...(this.#table === 'netstat' ? { width } : {}) });
    };
    if (/^[A-Za-z0-9_][\w.-]*$/.test(name) && /[g-z_-]|\.[a-z]/i.test(name)) add('host');
    else if (this.#table === 'netstat' && name.includes(':') && CUT_ADDRESS.test(name)) {
      const isWhole = isIPv6(name) && (!name.includes('.') || LONG_OCTET.test(name));
      if (!name.includes('.') && isWhole) return;
      add(isWhole || !isFull ? 'ip' : 'cut');
    }
  }

  #routes(line: string): void {
    let column = 0;
    for (const { index } of line.matchAll(HEX_ADDRESS)) {
      if (column++ < 2) this.#add(index, index + 8, 'hex');
      else return;
    }
  }

  #add(start: number, end: number, form: Span['form']): void {
    this.#spans.push({ start, end, form });
  }
}

/** Whether a line that begins with this byte may be a header that `Columns` knows: a blank or a capital letter, or `pid`. */
export function mayBeHeader(byte: number): boolean {
  return byte === 32 || byte === 0x70 || (byte >= 0x41 && byte <= 0x5a);
}

/** Whether one of the first two words with a colon in them has a letter before its last colon that no address has, or many colons. */
function mayNameHosts(bytes: Uint8Array, start: number, end: number): boolean {
  let endpoints = 0;
  let at = start;
  for (let words = 0; words < 7 && endpoints < 2; words++) {
    while (at < end && bytes[at] === 32) at++;
    let colons = 0;
    let letter = false;
    let letterBefore = false;
    for (; at < end && bytes[at] !== 32; at++) {
      const byte = bytes[at]! | 32;
      if (bytes[at] === 58) {
        colons++;
        letterBefore = letter;
      } else if ((byte > 0x66 && byte <= 0x7a) || bytes[at] === 0x2d || bytes[at] === 0x5f) letter = true;
    }
    if (colons === 0) continue;
    endpoints++;
    if (letterBefore || colons > 2) return true;
  }
  return false;
}
