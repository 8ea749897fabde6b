/** A piece of a LogFormat: bytes that stand as they are, or a directive. */
export type FormatToken = { readonly literal: string } | Directive;

/** `%>s` is `{ letter: 's', argument: null, final: true }`; `%{Referer}i` has the argument `Referer`. */
export interface Directive {
  /** One letter, or the two after a caret (`^ti`). */
  readonly letter: string;
  readonly argument: string | null;
  /** `%>s`: of the last internal redirect. */
  readonly final: boolean;
  /** As written, for messages. */
  readonly text: string;
}

const DIRECTIVE = /^%(?:!?\d{3}(?:,\d{3})*)?([<>]?)(?:\{([^}]*)\})?([<>]?)(\^?[A-Za-z%](?:(?<=\^[A-Za-z])[A-Za-z])?)/;

/**
 * Cuts a LogFormat string into tokens; null when it is not one. Takes it as the configuration file has it
 * (`"%h \"%r\""`) and as a server dump prints it (`%h "%r"`).
 */
export function readLogFormat(text: string): FormatToken[] | null {
  const format = unquote(text);
  const tokens: FormatToken[] = [];
  let literal = '';
  let at = 0;
  while (at < format.length) {
    if (format[at] !== '%') {
      literal += format[at++];
      continue;
    }
    const match = DIRECTIVE.exec(format.slice(at));
    if (match === null) return null;
    at += match[0].length;
    const letter = match[4]!.replace('^', '');
    if (letter === '%') {
      literal += '%';
      continue;
    }
    if (literal !== '') tokens.push({ literal });
    literal = '';
    tokens.push({ letter, argument: match[2] ?? null, final: `${match[1]}${match[3]}` === '>', text: match[0] });
  }
  if (literal !== '') tokens.push({ literal });
  return tokens.some((token) => 'letter' in token) ? tokens : null;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', '\\': '\\', '"': '"' };

function unquote(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text);
  return (quoted?.[1] ?? text).replace(/\\(.)/gs, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
