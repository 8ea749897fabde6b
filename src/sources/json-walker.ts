const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** No tool nests deeper; what does is not its output. */
const DEEPEST = 16;
const LITERAL = /^(?:-?\d[\d.eE+-]*|true|false|null)$/;

/** What a walk over JSON comes past. */
export interface JsonVisitor {
  /** A string, number, boolean or null as text; `path` holds the keys to it, `''` for a place in an array. */
  value(path: readonly string[], text: string): void;
  /** An object or array ended; `depth` is how many are still open. */
  leave(depth: number): void;
}

/**
 * Walks over JSON line by line, on one line or pretty-printed, and keeps nothing but the way to where it is. For outputs
 * of a few hundred values: it makes a string of each.
 */
export class JsonWalker {
  readonly #visitor: JsonVisitor;
  readonly #path: string[] = [];
  readonly #arrays: boolean[] = [];
  /** In an object: the next string is a value and not a key. */
  #keyed = false;
  #broken = false;

  constructor(visitor: JsonVisitor) {
    this.#visitor = visitor;
  }

  /** Goes over a line; false when it is not JSON, and for every line after that. */
  line(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end && !this.#broken; ) at = this.#token(bytes, at, end);
    return !this.#broken;
  }

  #token(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at]!;
    if (byte <= 32 || byte === COMMA || byte === COLON) return at + 1;
    if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#enter(byte === OPEN_ARRAY);
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#leave(byte === CLOSE_ARRAY);
    else if (byte === QUOTE) return this.#string(bytes, at, end);
    else return this.#literal(bytes, at, end);
    return at + 1;
  }

  #enter(array: boolean): void {
    if (this.#path.length === DEEPEST || !this.#mayHoldValue()) {
      this.#broken = true;
      return;
    }
    this.#arrays.push(array);
    this.#path.push('');
    this.#keyed = false;
  }

  #leave(array: boolean): void {
    if (this.#arrays.pop() !== array) {
      this.#broken = true;
      return;
    }
    this.#path.pop();
    this.#keyed = false;
    this.#visitor.leave(this.#path.length);
  }

  #string(bytes: Uint8Array, at: number, end: number): number {
    let stop = at + 1;
    while (stop < end && bytes[stop] !== QUOTE) stop += bytes[stop] === BACKSLASH ? 2 : 1;
    const text = stop < end ? unquote(bytes.subarray(at, stop + 1)) : null;
    if (text === null) this.#broken = true;
    else if (this.#arrays.at(-1) === false && !this.#keyed) {
      this.#path[this.#path.length - 1] = text;
      this.#keyed = true;
    } else this.#value(text);
    return stop + 1;
  }

  #literal(bytes: Uint8Array, at: number, end: number): number {
    let stop = at;
    while (stop < end && !endsLiteral(bytes[stop]!)) stop++;
    const text = String.fromCharCode(...bytes.subarray(at, Math.min(stop, at + 64)));
    if (LITERAL.test(text) && stop - at <= 64) this.#value(text);
    else this.#broken = true;
    return stop;
  }

  #value(text: string): void {
    if (this.#path.length === 0 || !this.#mayHoldValue()) {
      this.#broken = true;
      return;
    }
    this.#visitor.value(this.#path, text);
    this.#keyed = false;
  }

  #mayHoldValue(): boolean {
    return this.#arrays.at(-1) !== false || this.#keyed;
  }
}

function endsLiteral(byte: number): boolean {
  return byte <= 32 || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;
}

function unquote(quoted: Uint8Array): string | null {
  const text = new TextDecoder().decode(quoted);
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
