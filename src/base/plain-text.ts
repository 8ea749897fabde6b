/** So much of a text is looked at before it is judged, whatever the chunks it comes in. */
const HEAD_BYTES = 4096;
const ESCAPE_BYTES = 32;
const EMPTY: Uint8Array = new Uint8Array(0);

const LF = 0x0a;
const CR = 0x0d;
const ESC = 0x1b;
// oxlint-disable-next-line no-control-regex -- terminal escapes are what is looked for
const COLOUR = /\x1b(?:\[[0-?]{0,16}[ -/]{0,4}[@-~]|\([0-2AB])/;

/** Takes bytes of a text and gives them back changed; `last` says that no more will come. */
type Step = (bytes: Uint8Array, last: boolean) => Uint8Array;

/**
 * Makes plain UTF-8 with LF or CRLF of a text as people send it: UTF-16, a byte order mark, CR alone at line ends, terminal
 * colours. Its first 4 KB tell; a plain text is handed through as it is.
 */
export class PlainText {
  readonly #oddities: string[] = [];
  readonly #steps: Step[] = [];
  /** Bytes kept until there are enough to judge; null once that is done. */
  #head: Uint8Array | null = EMPTY;

  /** What was not plain, in constant phrases. */
  get oddities(): readonly string[] {
    return this.#oddities;
  }

  /** Whether chunks need not be handed to `push` any more. */
  get isPlain(): boolean {
    return this.#head === null && this.#steps.length === 0;
  }

  /** The bytes that can be read now; they may lie in the chunk given. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#head === null) return this.#run(chunk, false);
    const text = this.#head.length === 0 ? chunk : joined(this.#head, chunk);
    if (text.length >= HEAD_BYTES) return this.#begin(text, false);
    this.#head = text.slice();
    return EMPTY;
  }

  /** The bytes that were still held back. */
  end(): Uint8Array {
    const head = this.#head;
    if (head === null) return this.#run(EMPTY, true);
    return this.#begin(head, true);
  }

  #begin(text: Uint8Array, last: boolean): Uint8Array {
    this.#head = null;
    const head = text.subarray(0, HEAD_BYTES);
    const utf16 = utf16Of(head);
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    if (utf16 !== null) this.#add(`${utf16.toUpperCase()} text, read as UTF-8`, transcoder(utf16));
    else if (marked) this.#oddities.push('UTF-8 byte order mark left out');
    const plain = utf16 === null ? head : Buffer.from(new TextDecoder(utf16).decode(head));
    if (endsLinesWithCr(plain)) this.#add('lines end with CR alone', crToLf());
    if (COLOUR.test(Buffer.from(plain).toString('latin1'))) this.#add('terminal colours left out', withoutEscapes());
    return this.#run(marked ? text.subarray(3) : text, last);
  }

  #add(oddity: string, step: Step): void {
    this.#oddities.push(oddity);
    this.#steps.push(step);
  }

  #run(bytes: Uint8Array, last: boolean): Uint8Array {
    return this.#steps.reduce((text, step) => step(text, last), bytes);
  }
}

/** A small text whole, as a string. */
export function plainUtf8(bytes: Uint8Array): string {
  const text = new PlainText();
  const decoder = new TextDecoder();
  return decoder.decode(text.push(bytes), { stream: true }) + decoder.decode(text.end());
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** UTF-16 by its mark, or by every other byte being zero as in ASCII text. */
function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros: [even: number, odd: number] = [0, 0];
  const pairs = Math.min(head.length, 512) >> 1;
  for (let i = 0; i < pairs * 2; i++) if (head[i] === 0) zeros[(i & 1) as 0 | 1]++;
  if (pairs < 4) return null;
  if (zeros[1] >= pairs * 0.9 && zeros[0] <= pairs * 0.1) return 'utf-16le';
  return zeros[0] >= pairs * 0.9 && zeros[1] <= pairs * 0.1 ? 'utf-16be' : null;
}

function transcoder(encoding: 'utf-16le' | 'utf-16be'): Step {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return (bytes, last) => encoder.encode(decoder.decode(bytes, { stream: !last }));
}

function endsLinesWithCr(head: Uint8Array): boolean {
  const first = head.indexOf(CR);
  return first >= 0 && !head.includes(LF) && head.indexOf(CR, first + 1) > 0;
}

/** Every CR becomes an LF; an LF after one is not another line. */
function crToLf(): Step {
  let afterCr = false;
  return (bytes) => {
    const out = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (byte === CR) out[length++] = LF;
      else if (byte !== LF || !afterCr) out[length++] = byte;
      afterCr = byte === CR;
    }
    return out.subarray(0, length);
  };
}

/** Leaves out what a terminal would not print: `ESC [ … letter` and `ESC ( B`. What is no whole sequence stays. */
function withoutEscapes(): Step {
  const held = new Uint8Array(ESCAPE_BYTES);
  let count = 0;
  return (bytes, last) => {
    const out = new Uint8Array(bytes.length + count);
    let length = 0;
    const release = (): void => {
      out.set(held.subarray(0, count), length);
      length += count;
      count = 0;
    };
    for (const byte of bytes) {
      const next = count === 0 ? 'none' : escapeState(held, count, byte);
      if (next === 'whole') {
        count = 0;
        continue;
      }
      if (next === 'none') release();
      if (next === 'open' || byte === ESC) held[count++] = byte;
      else out[length++] = byte;
    }
    if (last) release();
    return out.subarray(0, length);
  };
}

/** What a further byte makes of an escape sequence begun. */
function escapeState(held: Uint8Array, count: number, byte: number): 'open' | 'whole' | 'none' {
  if (count === 1) return byte === 0x5b || byte === 0x28 ? 'open' : 'none';
  if (held[1] === 0x28) return byte >= 0x30 && byte <= 0x42 ? 'whole' : 'none';
  if (byte >= 0x40 && byte <= 0x7e) return 'whole';
  return byte >= 0x20 && byte <= 0x3f && count < ESCAPE_BYTES ? 'open' : 'none';
}
