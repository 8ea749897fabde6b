import { KNOWN, type LineOutcome, ROW } from '../source.ts';
import type { JournalEntry } from './journal-entry.ts';
import { emptyLine, FACILITIES, LEVELS, type LogLine } from './log-line.ts';

const FRAME = /^\s*(?:[{}[\],]+|"dmesg": \[)\s*$/;
const DMESG = /^\s*"(pri|fac|time|caller|msg)": *(.*?),?$/s;
const JOURNAL = /^\s*"([A-Z_][A-Z0-9_]{0,63})" : (.*?),?$/s;
const BYTE = /^\s*(\d{1,3}),?$/;
const RECORD_SEPARATOR = 30;
const MOST_BYTES = 65_536;

/** `dmesg -J`, an element a line, and `journalctl -o json` (an entry a line) or `json-pretty` (a field a line). */
export class JsonLines {
  readonly #entry: JournalEntry;
  readonly #emitEntry: () => boolean;
  readonly #emit: (line: LogLine) => void;
  readonly #decoder = new TextDecoder();
  #message: LogLine = dmesgLine();
  /** A value that is a list of bytes, in json-pretty: its name, and the bytes so far. */
  #listKey = '';
  #list: number[] = [];

  constructor(entry: JournalEntry, emitEntry: () => boolean, emit: (line: LogLine) => void) {
    this.#entry = entry;
    this.#emitEntry = emitEntry;
    this.#emit = emit;
  }

  /** What the line is; null when it is no JSON. */
  read(bytes: Uint8Array): LineOutcome | null {
    const text = this.#decoder.decode(bytes[0] === RECORD_SEPARATOR ? bytes.subarray(1) : bytes);
    if (text.startsWith('{"')) return this.#whole(text);
    if (this.#listKey !== '') return this.#more(text);
    if (FRAME.test(text)) {
      if (this.#entry.isEmpty || !text.includes('}')) return KNOWN;
      return this.#emitEntry() ? ROW : 'journal entry without a message';
    }
    const field = JOURNAL.exec(text);
    if (field !== null) return this.#field(field[1]!, field[2]!);
    const pair = DMESG.exec(text.trimEnd());
    return pair === null ? null : this.#pair(pair[1]!, pair[2]!);
  }

  #whole(text: string): LineOutcome {
    const object = parsed(text);
    if (typeof object !== 'object' || object === null) return 'not JSON';
    for (const [key, value] of Object.entries(object)) this.#set(key, value);
    return this.#emitEntry() ? ROW : 'journal entry without a message';
  }

  #field(key: string, value: string): LineOutcome {
    if (value === '[') {
      this.#listKey = key;
      this.#list = [];
      return KNOWN;
    }
    const read = parsed(value);
    if (read === undefined) return 'not JSON';
    this.#set(key, read);
    return KNOWN;
  }

  #more(text: string): LineOutcome {
    const byte = BYTE.exec(text);
    if (byte !== null && this.#list.length < MOST_BYTES) {
      this.#list.push(Number(byte[1]));
      return KNOWN;
    }
    this.#set(this.#listKey, this.#list);
    this.#listKey = '';
    return byte === null && /^\s*\],?$/.test(text) ? KNOWN : 'list of bytes not ended';
  }

  /** Text that is not UTF-8 comes as a list of bytes; a field given several times as a list of its values. */
  #set(key: string, value: unknown): void {
    if (typeof value === 'string') this.#entry.set(key, value);
    else if (Array.isArray(value)) {
      if (value.every((item) => typeof item === 'number')) {
        this.#entry.set(key, this.#decoder.decode(Uint8Array.from(value)));
      } else this.#set(key, value[0]);
    }
  }

  #pair(key: string, value: string): LineOutcome | null {
    const read = parsed(value);
    if (read === undefined) return null;
    if (key === 'time') this.#message.bootS = typeof read === 'number' ? read : Number.NaN;
    else if (key === 'pri') this.#priority(read);
    else if (key === 'fac') this.#message.facility = FACILITIES.indexOf(typeof read === 'string' ? read : '');
    if (key !== 'msg') return KNOWN;
    if (typeof read !== 'string') return 'not JSON';
    this.#message.message = read;
    this.#emit(this.#message);
    this.#message = dmesgLine();
    return ROW;
  }

  /** A number, or with -x the name of the level. */
  #priority(value: unknown): void {
    if (typeof value === 'number' && value >= 0 && value < FACILITIES.length * 8) {
      this.#message.level = value & 7;
      this.#message.facility = value >> 3;
    } else this.#message.level = LEVELS.indexOf(typeof value === 'string' ? value : '');
  }
}

function dmesgLine(): LogLine {
  return { ...emptyLine(), kernel: true };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
