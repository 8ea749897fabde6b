import { colonsIn, ipv4End, namesVersion, networkSuffix } from './address-tokens.ts';
import type { HostNames } from './host-names.ts';
import { type LearnedNames, nextHash } from './learned-names.ts';
import type { Form, Span } from './spans.ts';
import { TRIGGER_OF_BYTE, triggerOfWord } from './triggers.ts';

const DIGIT = 1;
const HEX = 2;
const LETTER = 4;
const DOT = 8;
const COLON = 16;
const DASH = 32;
const ALPHANUMERIC = DIGIT | HEX | LETTER;
const BEFORE = 40;

const CLASS = new Uint8Array(256);
for (let i = 0; i < 10; i++) CLASS[48 + i] = DIGIT;
for (let i = 0; i < 26; i++) CLASS[65 + i] = CLASS[97 + i] = i < 6 ? HEX : LETTER;
CLASS[46] = DOT;
CLASS[58] = COLON;
CLASS[45] = CLASS[95] = DASH;

const SLASH = 0x2f;
const BRACKET = 0x5b;
const BARE_IPV6 = 32;
const MAC_NAME = 15;
/** Longer words are no names of hosts; addresses are looked for in them all the same. */
const LONGEST_NAME = 300;
const HEX_ENDPOINT = /^(?:[0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}$/;
const DASHED_IPV4 = /^[a-z][a-z0-9-]*?(?:\d{1,3}-){3}\d{1,3}(?!\d)/i;
const DASHED_MAC = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i;
const MAC_IN_NAME = /^enx[0-9a-f]{12}$/;

/** Goes once through the words of a line: finds what gives itself away by its looks, and what asks for a closer look. */
export class WordScanner {
  readonly spans: Span[] = [];
  /** `TRIGGER` bits: what the line may hold that only its surroundings tell. */
  triggers = 0;
  readonly #learned: LearnedNames;
  readonly #hosts: HostNames;
  /** Only the triggers are wanted. */
  readonly #triggersOnly: boolean;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  constructor(learned: LearnedNames, hosts: HostNames, triggersOnly: boolean) {
    this.#triggersOnly = triggersOnly;
    this.#learned = learned;
    this.#hosts = hosts;
  }

  /** Scans `bytes[start, end)`; `from` is where it begins to look. */
  scan(bytes: Buffer, start: number, end: number, from: number): void {
    this.spans.length = 0;
    this.triggers = 0;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    let at = from;
    while (at < end) {
      const byte = bytes[at]!;
      if (CLASS[byte] !== 0) {
        at = this.#word(at);
        continue;
      }
      if (byte !== BRACKET || bytes[at + 3] === SLASH) this.triggers |= TRIGGER_OF_BYTE[byte]!;
      at++;
    }
  }

  /** Looks at the word that begins at `from`; returns where it ends. */
  #word(from: number): number {
    const bytes = this.#bytes;
    let seen = 0;
    let dots = 0;
    let colons = 0;
    let dashes = 0;
    let twoColons = false;
    let hash = 0;
    let runStart = -1;
    let at = from;
    for (; at < this.#end; at++) {
      const byte = bytes[at]!;
      const kind = CLASS[byte]!;
      if (kind === 0) break;
      seen |= kind;
      if ((kind & ALPHANUMERIC) !== 0) {
        if (runStart < 0) runStart = at;
        hash = nextHash(hash, kind === DIGIT ? byte : byte | 32);
        continue;
      }
      if (runStart >= 0) this.#run(runStart, at, hash);
      runStart = -1;
      hash = 0;
      if (kind === DOT) dots++;
      else if (kind === DASH) dashes++;
      else {
        colons++;
        if (bytes[at + 1] === 58) twoColons = true;
      }
    }
    if (runStart >= 0) this.#run(runStart, at, hash);
    if (this.#triggersOnly) return at;
    if (dots === 0 && colons === 0 && dashes < 3 && at - from !== BARE_IPV6 && at - from !== MAC_NAME) return at;
    if (twoColons || colons >= 5) this.#colons(from, at);
    else if (colons === 1 && dots === 0) this.#hexEndpoint(from, at);
    if (dots >= 3 && (seen & DIGIT) !== 0) this.#ipv4(from, at);
    if (at - from > LONGEST_NAME) return at;
    if (dots >= 1 && (seen & (HEX | LETTER)) !== 0) this.#hostNames(from, at);
    if (dots === 0) this.#plain(from, at, dashes);
    return at;
  }

  /** A run of letters and digits: a name that was learned, or a word that asks for a closer look. */
  #run(from: number, to: number, hash: number): void {
    this.triggers |= triggerOfWord(hash);
    if (this.#triggersOnly || !this.#learned.mayBegin(hash)) return;
    const before = from > this.#start ? 1 : 0;
    const text = this.#bytes.toString('latin1', from - before, Math.min(this.#end, to + LONGEST_NAME));
    const match = this.#learned.at(text, before, to - from);
    if (match !== null) this.#add(from, from - before + match.end, match.kind);
  }

  #colons(from: number, to: number): void {
    const word = this.#bytes.toString('latin1', from, to);
    const before = this.#before(from);
    const isClient = before.endsWith('[client ') && this.#bytes[to] === 0x5d;
    for (const { start, end, form } of colonsIn(word, isClient || (this.#isSocketLine && !before.endsWith('['))))
      this.#address(from + start, from + end, form);
  }

  /** A line of `ss` or `netstat`, where a port stands behind each address. */
  get #isSocketLine(): boolean {
    return /^\s*(?:(?:tcp|udp|raw|sctp|dccp|v_str|mptcp)\w*\s+)?(?:[A-Z][A-Z0-9_-]+\s+)?\d+\s+\d+\s/.test(
      this.#bytes.toString('latin1', this.#start, Math.min(this.#end, this.#start + 60)),
    );
  }

  #ipv4(from: number, to: number): void {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      if (CLASS[bytes[at]!] !== DIGIT) continue;
      const previous = at > from ? bytes[at - 1]! : 0;
      const end = previous === 46 || (previous | 32) === 0x76 ? -1 : ipv4End(bytes, at, to);
      if (end >= 0 && !(this.#mayBeVersion(at) && namesVersion(this.#before(at)) && !this.#isPort(end)))
        this.#address(at, end, 'ip');
      while (at < to && (CLASS[bytes[at]!]! & (DIGIT | DOT)) !== 0) at++;
    }
  }

  /** Whether it pays to look at what stands before: a slash, or the last letter of one of the words that name versions. */
  #mayBeVersion(at: number): boolean {
    const bytes = this.#bytes;
    if (bytes[at - 1] === 0x2f) return true;
    const letter = bytes[at - 2]! | 32;
    return letter === 0x6e || letter === 0x65 || letter === 0x6c || letter === 0x78 || bytes[at - 1] === 0x22;
  }

  #isPort(at: number): boolean {
    return at + 1 < this.#end && this.#bytes[at] === 58 && CLASS[this.#bytes[at + 1]!] === DIGIT;
  }

  #address(from: number, to: number, form: Form): void {
    const suffix =
      form === 'ip' && this.#bytes[to] === 0x2f
        ? networkSuffix(
            this.#bytes.toString('latin1', from, to),
            this.#bytes.toString('latin1', to, Math.min(to + 6, this.#end)),
          )
        : 0;
    this.#add(from, to + suffix, form);
  }

  /** `0A4D0001:0050` on a numbered line of `/proc/net/tcp`. */
  #hexEndpoint(from: number, to: number): void {
    const length = to - from;
    if (length !== 13 && length !== 37) return;
    if (!HEX_ENDPOINT.test(this.#bytes.toString('latin1', from, to))) return;
    if (!/^\s*\d+: /.test(this.#bytes.toString('latin1', this.#start, this.#start + 12))) return;
    this.#add(from, to - 5, 'hex');
  }

  #hostNames(from: number, to: number): void {
    let at = from;
    for (const piece of this.#bytes.toString('latin1', from, to).split(':')) {
      const start = at + /^[-_.]*/.exec(piece)![0].length;
      const name = piece.replace(/^[-_.]+|[-_.]+$/g, '');
      const inPath = this.#bytes[start - 1] === 0x2f && this.#bytes[start - 2] !== 0x2f;
      if (name.includes('.') && this.#hosts.isHost(name, inPath)) this.#add(start, start + name.length, 'host');
      at += piece.length + 1;
    }
  }

  /** Words without a dot: an address in the name of a host or an interface, or without its separators. */
  #plain(from: number, to: number, dashes: number): void {
    const word = this.#bytes.toString('latin1', from, to);
    if (dashes === 5 && DASHED_MAC.test(word)) this.#add(from, to, 'mac');
    else if (dashes >= 3 && DASHED_IPV4.test(word)) this.#add(from, to, 'host');
    else if (MAC_IN_NAME.test(word)) this.#add(from + 3, to, 'user');
    else if (word.length === BARE_IPV6 && from === this.#start && /^[0-9a-f]{32}$/.test(word))
      this.#add(from, to, 'bare-hex');
  }

  #before(from: number): string {
    return this.#bytes.toString('latin1', Math.max(this.#start, from - BEFORE), from);
  }

  #add(from: number, to: number, form: Form): void {
    this.spans.push({ start: from - this.#start, end: to - this.#start, form });
  }
}
