import { ascii, indexOfBytes } from '../../base/bytes.ts';
import { jsonText } from '../../base/extra-column.ts';
import {
  extraField,
  type Field,
  fieldOf,
  SAID_BY_FIRST,
  sizeWithHeaders,
  targetField,
  WITHIN_REQUEST,
} from './fields.ts';
import type { Directive, FormatToken } from './log-format.ts';
import type { RequestRow } from './row.ts';
import type { Step, Take } from './step.ts';
import { formattedTime, looksLikeTime, standardTime } from './time-steps.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const COMMA = 44;

/** A LogFormat made into steps that read one line. */
export class LineFormat {
  readonly #steps: readonly Step[];
  readonly #reasons: readonly string[];
  readonly #tail: Take | null;

  /** `reasons[i]` says what it means when `steps[i]` fails; `tail` takes what follows after a space. */
  constructor(steps: readonly Step[], reasons: readonly string[], tail: Take | null) {
    this.#steps = steps;
    this.#reasons = reasons;
    this.#tail = tail;
  }

  /** Fills the row; null when the whole line was read, else why it does not fit. */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    const steps = this.#steps;
    let at = start;
    for (let i = 0; i < steps.length; i++) {
      at = steps[i]!(bytes, at, end);
      if (at < 0) return this.#reasons[i]!;
    }
    if (at === end) return null;
    if (this.#tail !== null && bytes[at] === SPACE && this.#tail(bytes, at + 1, end)) return null;
    return 'line goes on after the end of its log format';
  }
}

/**
 * Compiles the tokens of a LogFormat for one row writer. `withTail`: more fields, unknown, may follow after a space; `extra` keeps them.
 * Null when lines of it cannot be cut: two directives of unknown length side by side, an unknown time format.
 */
export function compileFormat(tokens: readonly FormatToken[], row: RequestRow, withTail: boolean): LineFormat | null {
  const steps: Step[] = [];
  const reasons: string[] = [];
  const chosen = chooseFields(tokens);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if ('literal' in token) {
      const next = tokens[i + 1];
      steps.push(literal(token.literal));
      reasons.push(
        `log format does not fit ${next !== undefined && 'text' in next ? `before ${next.text}` : 'at its end'}`,
      );
      continue;
    }
    const step = token.letter === 't' ? timeStep(token, row) : fieldStep(tokens, i, chosen, row, withTail);
    if (step === null) return null;
    steps.push(step);
    reasons.push(`cannot read ${token.text}`);
    if (chosen.get(token) === targetField) i++;
  }
  return new LineFormat(steps, reasons, withTail ? tail(row) : null);
}

function tail(row: RequestRow): Take {
  const key = jsonText('rest');
  return (bytes, start, end) => {
    row.extra.add(key, bytes, start, end);
    return true;
  };
}

/** The fields that are kept: for each column the best directive of the format. */
function chooseFields(tokens: readonly FormatToken[]): Map<Directive, Field> {
  const best = new Map<string, { directive: Directive; field: Field }>();
  const others = new Map<string, Directive>();
  for (const token of tokens) {
    if (!('letter' in token) || token.letter === 't') continue;
    const field = fieldOf(token);
    const known = best.get(field.fills);
    const wins = known === undefined || field.rank < known.field.rank;
    const loser = wins ? known?.directive : token;
    if (loser !== undefined && !SAID_BY_FIRST.has(field.fills)) others.set(extraField(loser).fills, loser);
    if (wins) best.set(field.fills, { directive: token, field });
  }
  if (best.has('request')) for (const name of WITHIN_REQUEST) best.delete(name);
  const out = best.get('bytes_out');
  if (out !== undefined && !best.has('bytes')) best.set('bytes_out', { ...out, field: sizeWithHeaders });
  const chosen = new Map([...others.values()].map((directive) => [directive, extraField(directive)]));
  for (const { directive, field } of best.values()) chosen.set(directive, field);
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (next === undefined || !('letter' in next) || next.letter !== 'q' || !('letter' in token)) return;
    if (token.letter === 'U' && chosen.has(token)) chosen.set(token, targetField);
  });
  return chosen;
}

function timeStep(directive: Directive, row: RequestRow): Step | null {
  if (directive.argument === null) return standardTime(row.start);
  const [, which, format] = /^(?:(begin|end)(?::|$))?(.*)$/s.exec(directive.argument)!;
  const clock = which === 'end' ? row.end : row.start;
  return format === '' ? standardTime(clock) : formattedTime(format!, clock);
}

function fieldStep(
  tokens: readonly FormatToken[],
  index: number,
  chosen: ReadonlyMap<Directive, Field>,
  row: RequestRow,
  withTail: boolean,
): Step | null {
  const directive = tokens[index] as Directive;
  const field = chosen.get(directive);
  const take = field === undefined ? () => true : field.take(row);
  const next = tokens[field === targetField ? index + 2 : index + 1];
  if (next === undefined) return toEnd(take, withTail);
  if (!('literal' in next)) return null;
  if (next.literal.startsWith('"') && isInQuotes(tokens, index)) return quotedField(take);
  return SEVERAL_WORDS.has(directive.letter)
    ? words(take, ascii(next.literal), tokens[index + (field === targetField ? 3 : 2)])
    : word(take, next.literal.charCodeAt(0));
}

function isInQuotes(tokens: readonly FormatToken[], index: number): boolean {
  const before = tokens.slice(0, index).map((token) => ('literal' in token ? token.literal : ''));
  return before.join('').split('"').length % 2 === 0;
}

/** Values that may hold the byte that ends them: a user name with a space, an unquoted request line or header. */
const SEVERAL_WORDS: ReadonlySet<string> = new Set(['u', 'r', 'i', 'o', 'C', 'e', 'n', 'U', 'q', 'f', 'x', 'ti', 'to']);

function literal(text: string): Step {
  const expected = ascii(text);
  const length = expected.length;
  return (bytes, at, end) => {
    if (at + length > end) return -1;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== expected[i]) return -1;
    return at + length;
  };
}

function word(take: Take, stop: number): Step {
  return (bytes, at, end) => {
    let to = at;
    while (to < end && bytes[to] !== stop) to++;
    return to < end && take(bytes, at, to) ? to : -1;
  };
}

function quotedField(take: Take): Step {
  return (bytes, at, end) => {
    let to = at;
    while (to < end && bytes[to] !== QUOTE) to += bytes[to] === BACKSLASH ? 2 : 1;
    return to < end && take(bytes, at, to) ? to : -1;
  };
}

function toEnd(take: Take, withTail: boolean): Step {
  return (bytes, at, end) => {
    let to = end;
    if (withTail) {
      to = at;
      while (to < end && bytes[to] !== SPACE) to++;
    }
    return take(bytes, at, to) ? to : -1;
  };
}

/**
 * Ends where the literal stands and what follows looks like the directive after it, or else at the first such literal;
 * one pass, never back. A comma before it goes on: `203.0.113.7, 10.0.0.2` is one list.
 */
function words(take: Take, stop: Uint8Array, after: FormatToken | undefined): Step {
  const begins = looksLike(after);
  const endsAtTime = isStandardTime(after);
  return (bytes, at, end) => {
    // another line that was written into this one, not a name
    if (endsAtTime && looksLikeTime(bytes, at, end)) return -1;
    const nearest = indexOfBytes(bytes, stop, at, end);
    let to = nearest;
    while (to >= 0 && ((to > at && bytes[to - 1] === COMMA) || !begins(bytes, to + stop.length, end))) {
      to = indexOfBytes(bytes, stop, to + 1, end);
    }
    if (to < 0) to = nearest;
    return to >= 0 && take(bytes, at, to) ? to : -1;
  };
}

function isStandardTime(token: FormatToken | undefined): boolean {
  return token !== undefined && 'letter' in token && token.letter === 't' && token.argument === null;
}

type Begins = (bytes: Uint8Array, at: number, end: number) => boolean;

function looksLike(token: FormatToken | undefined): Begins {
  if (token === undefined || 'literal' in token) return () => true;
  if (isStandardTime(token)) return looksLikeTime;
  if (token.letter === 's') {
    return (bytes, at, end) =>
      at + 3 <= end &&
      isDigit(bytes[at]) &&
      isDigit(bytes[at + 1]) &&
      isDigit(bytes[at + 2]) &&
      !isDigit(bytes[at + 3]);
  }
  if (token.letter === 'm') {
    return (bytes, at, end) => {
      let to = at;
      while (to < end && bytes[to]! >= 65 && bytes[to]! <= 90) to++;
      return to - at >= 3 && to < end && bytes[to]! <= SPACE;
    };
  }
  return () => true;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
