/** Numbers below `below`, as `seededRandom` gives them. */
export type Random = (below: number) => number;

const NUMBERS = [
  '',
  '-1',
  '0',
  '4294967296',
  '18446744073709551616',
  '99999999999999999999999',
  '1e309',
  '0x7fffffff',
  '1.5',
];
const TEXTS = [
  '\u{1f4a3}',
  '\u202e',
  'e\u0301\u0301',
  '\ufeff',
  '\u2028',
  '\0',
  '\r',
  '\t',
  '"',
  '\\',
  '=',
  ',',
  ']',
  '%',
];
const LONGEST_TOKEN = 65_536;

/** The lines of a text, as latin1 strings: one character a byte. */
export function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('latin1').split('\n');
}

export function bytesOf(lines: readonly string[]): Uint8Array {
  return Uint8Array.from(Buffer.from(lines.join('\n'), 'latin1'));
}

/** One to four ways in which a text goes wrong; `foreign` are lines of other texts. */
export function mutate(original: readonly string[], foreign: readonly string[], random: Random): string[] {
  let lines = [...original];
  for (let times = 1 + random(4); times > 0; times--)
    lines = MUTATIONS[random(MUTATIONS.length)]!(lines, foreign, random);
  return lines;
}

type Mutation = (lines: string[], foreign: readonly string[], random: Random) => string[];

const MUTATIONS: readonly Mutation[] = [
  changed(
    (line, random) => line.slice(0, random(line.length + 1)) + byte(random) + line.slice(random(line.length + 1)),
  ),
  changed((line, random) => line.slice(0, random(line.length + 1))),
  changed((line, random) => line.slice(random(line.length + 1))),
  changed((line, random) => replaceSome(line, /\d+/g, NUMBERS[random(NUMBERS.length)]!, random)),
  changed((line, random) => replaceSome(line, /[ \t:=,"/[\]()]+/g, byte(random), random)),
  changed((line, random) => {
    const at = random(line.length + 1);
    return line.slice(0, at) + Buffer.from(TEXTS[random(TEXTS.length)]!).toString('latin1') + line.slice(at);
  }),
  changed((line, random) => {
    const token = line.split(/\s+/)[random(8)] || 'x';
    const repeats = 1 + random(Math.ceil(LONGEST_TOKEN / token.length));
    return replaceSome(line, /\S+/g, token.repeat(repeats), random);
  }),
  (lines, foreign, random) =>
    lines.toSpliced(random(lines.length + 1), random(2), foreign[random(foreign.length)] ?? ''),
  (lines, _, random) => lines.toSpliced(random(lines.length + 1), 1),
  (lines, _, random) => {
    const at = random(lines.length || 1);
    return lines.toSpliced(at, 1, ...Array<string>(1 + random(20)).fill(lines[at] ?? ''));
  },
  (lines, _, random) => {
    const from = random(lines.length + 1);
    return [...lines.slice(from), ...lines.slice(0, from)];
  },
  (lines, foreign, random) => [...lines.slice(0, random(lines.length + 1)), ...foreign.slice(0, random(40))],
];

/** A mutation of one line. */
function changed(change: (line: string, random: Random) => string): Mutation {
  return (lines, _, random) => {
    if (lines.length === 0) return lines;
    const at = random(lines.length);
    return lines.with(at, change(lines[at]!, random));
  };
}

/** Replaces one of the matches. */
function replaceSome(line: string, pattern: RegExp, by: string, random: Random): string {
  const matches = [...line.matchAll(pattern)];
  const match = matches[random(matches.length || 1)];
  return match === undefined ? line : line.slice(0, match.index) + by + line.slice(match.index + match[0].length);
}

function byte(random: Random): string {
  return String.fromCharCode(random(256));
}
