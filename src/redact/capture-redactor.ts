import { gzipSync } from 'node:zlib';
import { MAX_LINE_BYTES } from '../base/lines.ts';
import { compressionOf, MAGIC_BYTES, unreadableKind } from '../capture/compression.ts';
import { InflateSink } from '../capture/inflate-sink.ts';
import type { Limits } from '../capture/limits.ts';
import { printable } from '../capture/member-name.ts';
import type { MemberSink, Visitor } from '../capture/visitor.ts';
import type { HostNames } from './host-names.ts';
import type { LearnedNames } from './learned-names.ts';
import { LineFinder } from './line-finder.ts';
import { LineSink, type LineTaker } from './line-sink.ts';
import { LineWriter } from './line-writer.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Spool } from './spool.ts';

/** Bytes of redacted text between two looks at the spool. */
const WRITE_BYTES = 1 << 20;
const NAMED = 10;
const NOWHERE: MemberSink = { push: () => undefined, end: () => Promise.resolve() };

/** What redacting needs to know, for all captures of a run. */
export interface Redaction {
  readonly learned: LearnedNames;
  readonly hosts: HostNames;
  readonly pseudonyms: Pseudonyms;
  readonly limits: Limits;
}

/** Second pass over a capture: writes its members, redacted, to a spool. */
export class CaptureRedactor implements Visitor {
  readonly writer: LineWriter;
  /** What is not in the redacted capture, in words. */
  readonly leftOut: string[] = [];
  damage: string | null = null;
  readonly #redaction: Redaction;
  readonly #spool: Spool;
  readonly #names = new Set<string>();
  #unnamed = 0;

  constructor(redaction: Redaction, spool: Spool) {
    this.#redaction = redaction;
    this.#spool = spool;
    this.writer = new LineWriter(redaction.pseudonyms);
  }

  member(path: string, _size: number | null, modified: Date | null): Promise<MemberSink | null> {
    return Promise.resolve(new HeadSink((head) => this.#open(path, modified, head)));
  }

  note(text: string): void {
    this.#leaveOut(this.redactedText(text));
  }

  damaged(text: string): void {
    this.damage = text;
    this.#leaveOut(text);
  }

  /** Tells how many more there were. */
  finish(): void {
    if (this.#unnamed > 0) this.leftOut.push(`${this.#unnamed} more`);
  }

  /** A path or a note, redacted as a line of text. */
  redactedText(text: string): string {
    const { learned, hosts, pseudonyms } = this.#redaction;
    const bytes = Buffer.from(text);
    const writer = new LineWriter(pseudonyms);
    writer.line(bytes, 0, bytes.length, new LineFinder('', learned, hosts).find(bytes, 0, bytes.length), false);
    return writer.take().toString();
  }

  #open(path: string, modified: Date | null, head: Uint8Array): MemberSink {
    const { learned, hosts, limits } = this.#redaction;
    const name = this.#uniqueName(this.redactedText(path));
    const other = unreadableKind(head);
    if (other !== null) {
      this.#leaveOut(`${printable(name)}: ${other.what}`);
      return NOWHERE;
    }
    const packed = compressionOf(head) !== null;
    const member = new RedactedMember(new LineFinder(path, learned, hosts), this.writer, this.#spool, packed, {
      keep: (start) => this.#spool.members.push({ name, modified, start, bytes: this.#spool.bytes - start }),
      leaveOut: (what) => this.#leaveOut(`${printable(name)}: ${what}`),
    });
    return new InflateSink(new LineSink(member), {
      limits,
      onDamage: (what) => this.#leaveOut(`${printable(name)}: ${what}`),
    });
  }

  #uniqueName(name: string): string {
    let unique = name;
    for (let i = 2; this.#names.has(unique); i++) unique = `${name}-${i}`;
    this.#names.add(unique);
    return unique;
  }

  #leaveOut(what: string): void {
    if (this.leftOut.length < NAMED) this.leftOut.push(what);
    else this.#unnamed++;
  }
}

/** Opens the sink behind it once the first bytes tell whether the member is compressed. */
class HeadSink implements MemberSink {
  readonly #open: (head: Uint8Array) => MemberSink;
  #next: MemberSink | null = null;
  #head: Buffer = Buffer.alloc(0);

  constructor(open: (head: Uint8Array) => MemberSink) {
    this.#open = open;
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#next !== null) return this.#next.push(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    return this.#head.length < MAGIC_BYTES ? undefined : this.#begin();
  }

  async end(): Promise<void> {
    if (this.#next === null) await this.#begin();
    await this.#next!.end();
  }

  #begin(): Promise<void> | undefined {
    this.#next = this.#open(this.#head);
    return this.#next.push(this.#head);
  }
}

/** One member on its way to the spool; what was compressed is compressed again. */
class RedactedMember implements LineTaker {
  readonly #finder: LineFinder;
  readonly #writer: LineWriter;
  readonly #spool: Spool;
  readonly #packed: boolean;
  readonly #report: { readonly keep: (start: number) => void; readonly leaveOut: (what: string) => void };
  readonly #start: number;
  #isBinary = false;

  constructor(
    finder: LineFinder,
    writer: LineWriter,
    spool: Spool,
    packed: boolean,
    report: { readonly keep: (start: number) => void; readonly leaveOut: (what: string) => void },
  ) {
    this.#finder = finder;
    this.#writer = writer;
    this.#spool = spool;
    this.#packed = packed;
    this.#report = report;
    this.#start = spool.bytes;
  }

  line(bytes: Buffer, start: number, end: number, next: number): void {
    const spans = this.#finder.find(bytes, start, end);
    if (spans.length === 0) {
      this.#writer.raw(bytes.subarray(start, next));
      return;
    }
    this.#writer.line(bytes, start, end, spans, this.#finder.isRightAligned);
    this.#writer.raw(bytes.subarray(end, next));
  }

  /** What takes its place is as little readable for an importer. */
  long(length: number): void {
    this.#report.leaveOut(`a line of ${length} bytes`);
    const told = `[lastack redact: a line of ${length} bytes was left out]`;
    this.#writer.raw(Buffer.from(`${told.padEnd(MAX_LINE_BYTES + 1, '.')}\n`));
  }

  binary(): void {
    this.#isBinary = true;
    this.#report.leaveOut('no text');
  }

  flush(): Promise<void> | undefined {
    return this.#writer.length < WRITE_BYTES ? undefined : this.#write();
  }

  async end(): Promise<void> {
    await this.#write();
    if (!this.#isBinary) this.#report.keep(this.#start);
  }

  async #write(): Promise<void> {
    const text = this.#writer.take();
    if (text.length > 0 || this.#packed) await this.#spool.write(this.#packed ? gzipSync(text) : text);
  }
}
