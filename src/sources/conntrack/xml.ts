import { KNOWN, type LineOutcome, ROW } from '../source.ts';
import type { EventColumns } from './event.ts';
import type { FlowRow } from './flow-row.ts';

/** Elements with a value, within the direction they stand in. */
const TUPLE: ReadonlySet<string> = new Set(['src', 'dst', 'sport', 'dport', 'packets', 'bytes']);
const ENTRY: ReadonlyMap<string, string> = new Map([
  ['state', 'state'],
  ['timeout', 'timeout_s'],
  ['mark', 'mark'],
  ['id', 'id'],
  ['deltatime', 'age_s'],
  ['helper', 'helper'],
  ['label', 'labels'],
]);
const STATUS: ReadonlyMap<string, string> = new Map([
  ['assured', 'ASSURED'],
  ['unreplied', 'UNREPLIED'],
]);
const WHEN: ReadonlySet<string> = new Set(['year', 'month', 'day', 'hour', 'min', 'sec']);
/** A tag and the text behind it. */
const TAG = /<([?/]?)([A-Za-z0-9_-]{1,32})([^<>]{0,200})>([^<]{0,200})/g;
const FRAME: ReadonlySet<string> = new Set(['xml', 'conntrack']);

/**
 * Reads `conntrack -o xml`, however its lines are broken: the tool prints a flow a line, a formatter an element a line.
 * A line is as long as the line splitter lets it be: all flows on one line of more than a megabyte are one reject.
 *
 *     <flow><meta direction="original"><layer3 protonum="2" protoname="ipv4"><src>10.79.0.2</src>…</meta></flow>
 */
export class XmlFlows {
  /** Whether a flow has begun and not ended. */
  isOpen = false;
  readonly #row: FlowRow;
  readonly #event: EventColumns | null;
  readonly #decoder = new TextDecoder();
  readonly #when = new Map<string, string>();
  #type = '';
  #direction = '';

  constructor(row: FlowRow, event: EventColumns | null) {
    this.#row = row;
    this.#event = event;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let written = false;
    let tags = 0;
    let reason: string | null = null;
    for (const [, mark, name, attributes, text] of this.#decoder.decode(bytes.subarray(start, end)).matchAll(TAG)) {
      if (!this.isOpen && name !== 'flow' && !FRAME.has(name!)) continue;
      tags++;
      if (name !== 'flow') {
        if (mark === '') this.#element(name!, attributes!, text!.trim());
      } else if (mark === '') {
        this.#begin(attributes!);
      } else if (this.isOpen) {
        const problem = this.#finish();
        if (problem === null) written = true;
        reason ??= problem;
      }
    }
    if (written) return ROW;
    return reason ?? (tags > 0 ? KNOWN : 'not a conntrack entry');
  }

  #begin(attributes: string): void {
    this.#row.clear();
    this.#when.clear();
    this.#direction = '';
    this.#type = /type="([a-z]{1,16})"/.exec(attributes)?.[1] ?? '';
    this.isOpen = true;
  }

  #element(name: string, attributes: string, text: string): void {
    const reply = this.#direction === 'reply' ? 'reply_' : '';
    if (name === 'meta') this.#direction = /direction="([a-z]{1,16})"/.exec(attributes)?.[1] ?? '';
    else if (name === 'layer4' && reply === '') {
      const protocol = /protoname="([^"]{1,32})"/.exec(attributes)?.[1];
      if (protocol !== undefined) this.#row.set('l4proto', protocol);
    } else if (TUPLE.has(name)) this.#row.set(reply + name, text);
    else if (name === 'zone') {
      this.#row.set('zone', text);
      if (this.#direction !== 'independent') this.#row.set('zone_direction', this.#direction);
    } else if (ENTRY.has(name)) {
      // An id within a direction is the echo id of icmp.
      if (name !== 'id' || this.#direction === 'independent') this.#row.set(ENTRY.get(name)!, text);
    } else if (STATUS.has(name)) this.#row.set('status', STATUS.get(name)!);
    else if (WHEN.has(name)) this.#when.set(name, text);
  }

  #finish(): string | null {
    this.isOpen = false;
    const isEvent = this.#type !== '';
    if (isEvent !== (this.#event !== null)) {
      this.#row.clear();
      return isEvent ? 'an event, not an entry of the table' : 'an entry without an event';
    }
    if (this.#event?.set(this.#type, this.#when) === false) {
      this.#row.clear();
      return 'an unknown event';
    }
    return this.#row.write();
  }
}
