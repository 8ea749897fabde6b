import type { Recogniser } from './entry.ts';
import type { StampedTime } from './local-time.ts';
import { commandNames, MARK_BYTES, type Mark, readMark } from './mark.ts';
import type { Outline, Section, SectionKind } from './outline.ts';

/** Sections that are kept of one file: a day of six outputs every ten seconds has a hundred thousand. */
const MAX_SECTIONS = 200_000;
/** Bytes of a line that are held against the openings of the sources. */
const OPENING_BYTES = 200;
/** Letters a line starts with, digits alike, and how many such starts are kept. */
const START_CHARS = 12;
const STARTS_KEPT = 1000;
/** Letters of a header that tell it from others. */
const HEADER_CHARS = 80;

/** A comment in a file that people write. */
const COMMENT = /^\s*[#;]/;

/** What is expected next. */
type State =
  | { readonly is: 'output'; readonly source: string; readonly header: string }
  /** Named by a command: whatever comes is its output. */
  | { readonly is: 'named'; readonly source: string; readonly command: string }
  | { readonly is: 'unread'; readonly command: string }
  | { readonly is: 'open' };

const OPEN: State = { is: 'open' };

/** Tells line by line what the parts of a file are: one output, or many with times and prompts between them. */
export class OutlineScanner {
  readonly #recogniser: Recogniser;
  /** The source the file's name stands for. */
  readonly #named: string | null;
  readonly #sections: Section[] = [];
  readonly #times: StampedTime[] = [];
  /** How lines start that open nothing. */
  readonly #closed = new Set<string>();
  #state: State = OPEN;
  #host: string | null = null;
  #begun = false;
  /** Section and line where the comments begin that are all there is since the last output or mark; null without them. */
  #comments: { readonly section: number; readonly line: number } | null = null;
  /** The file is one log: its lines are not looked at. */
  #whole = false;

  constructor(recogniser: Recogniser, path: string) {
    this.#recogniser = recogniser;
    this.#named = recogniser.byName(path)?.source ?? null;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): void {
    if (this.#whole) return;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, OPENING_BYTES)).toString(
      'latin1',
    );
    const mark = end - start > MARK_BYTES || this.#isComment(text) ? null : readMark(text);
    const command = mark?.command ?? null;
    const source = command === null ? null : this.#sourceOf(command);
    if (mark !== null && (mark.sure || source !== null)) {
      this.#begun = true;
      this.#mark(mark, source, lineNo);
    } else if (text.trim() === '' && this.#state.is !== 'output') {
      this.#add(lineNo, 'mark');
    } else {
      this.#content(text, lineNo);
    }
    if (this.#sections.length >= MAX_SECTIONS) this.#whole = true;
  }

  outline(): Outline {
    const cut = this.#sections.length >= MAX_SECTIONS;
    return { sections: this.#sections, times: this.#times, host: this.#host, cut };
  }

  #mark({ time, command, host }: Mark, source: string | null, lineNo: number): void {
    this.#host ??= host;
    this.#comments = null;
    if (time !== null) this.#times.push(time);
    this.#add(lineNo, 'mark');
    if (source !== null) this.#state = { is: 'named', source, command: command! };
    else if (command === null || /[;&{]|^(?:date|while|for|watch|sudo su)\b/.test(command)) this.#state = OPEN;
    else this.#state = { is: 'unread', command };
  }

  #content(text: string, lineNo: number): void {
    const state = this.#state;
    const first = !this.#begun;
    this.#begun = true;
    if (state.is === 'output') this.#within(state, text, lineNo);
    else this.#outside(state, text, lineNo);
    if (first && this.#state.is === 'output' && this.#recogniser.isLog(this.#state.source)) this.#whole = true;
  }

  /** A line while an output goes on: its own, unless it is the header of the next one. */
  #within({ source, header }: Extract<State, { is: 'output' }>, text: string, lineNo: number): void {
    if (this.#recogniser.isLog(source)) return;
    // Rows of a table begin alike: one of each kind is held against all openings.
    const start = text.slice(0, START_CHARS).replace(/\d/g, '0');
    if (this.#closed.has(start)) return;
    if (this.#recogniser.opens(source, text)) {
      if (sameText(text, header) && !this.#recogniser.opensAgain(source)) this.#open(source, null, text, lineNo);
      return;
    }
    const other = this.#recogniser.keeps(source, text) ? undefined : this.#recogniser.byLine(text)[0];
    if (other !== undefined) this.#open(other, null, text, lineNo);
    else if (this.#closed.size < STARTS_KEPT) this.#closed.add(start);
  }

  #outside(state: Exclude<State, { is: 'output' }>, text: string, lineNo: number): void {
    const opened = this.#recogniser.byLine(text);
    if (this.#comments !== null && opened.length > 0) {
      const written = opened.find((source) => this.#recogniser.hasComments(source));
      if (written !== undefined) return this.#openAtComments(written, this.#comments, text);
    }
    const expected = state.is === 'named' ? state.source : state.is === 'open' ? this.#named : null;
    if (expected !== null && (opened.length === 0 || opened.includes(expected))) {
      this.#open(expected, state.is === 'named' ? state.command : null, text, lineNo);
    } else if (opened.length > 0) {
      this.#open(opened[0]!, null, text, lineNo);
    } else if (state.is === 'unread') {
      this.#add(lineNo, 'unread', state.command);
    } else {
      if (!COMMENT.test(text)) this.#comments = null;
      else if (state.is === 'open') this.#comments ??= { section: this.#sections.length, line: lineNo };
      this.#add(lineNo, 'lost');
    }
  }

  /** The comments before it belong to the file as well. */
  #openAtComments(
    source: string,
    { section, line }: { readonly section: number; readonly line: number },
    text: string,
  ): void {
    this.#sections.length = section;
    this.#open(source, null, text, line);
  }

  /** In a file that is known to hold comments, `# sysctl -p` is no prompt. */
  #isComment(text: string): boolean {
    const source = this.#state.is === 'output' ? this.#state.source : this.#begun ? null : this.#named;
    return source !== null && COMMENT.test(text) && this.#recogniser.hasComments(source);
  }

  #open(source: string, command: string | null, text: string, lineNo: number): void {
    const header = headerOf(text);
    this.#comments = null;
    this.#state = { is: 'output', source, header };
    this.#sections.push({ firstLine: lineNo, kind: 'output', source, command, header, slot: this.#times.length });
  }

  /** Lines that are no output: they go with those before them when they are of the same kind. */
  #add(lineNo: number, kind: SectionKind, command: string | null = null): void {
    const slot = this.#times.length;
    const last = this.#sections.at(-1);
    if (last !== undefined && last.kind === kind && last.slot === slot && last.command === command) return;
    this.#sections.push({ firstLine: lineNo, kind, source: null, command, header: '', slot });
  }

  #sourceOf(command: string): string | null {
    for (const name of commandNames(command)) {
      const source = this.#recogniser.byName(name);
      if (source !== null) return source.source;
    }
    return null;
  }
}

/** A header line whatever the width of its columns. */
function headerOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, HEADER_CHARS);
}

/** Whether a line is this header; most differ in their first letters. */
function sameText(text: string, header: string): boolean {
  const start = text.indexOf(' ', 1);
  if (start > 0 && !header.startsWith(text.slice(0, start).trimStart())) return false;
  return text.length >= header.length && headerOf(text) === header;
}
