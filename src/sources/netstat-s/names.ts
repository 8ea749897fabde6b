import { WORDINGS } from './wordings.ts';

/** `In` or `Out` within an ICMP histogram. */
export type Direction = '' | 'In' | 'Out';

const NAME = /^([A-Z][A-Za-z0-9_]*): N$/;
/** Sections that word their counters as another does. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  UdpLite: 'Udp',
  Ip6: 'Ip',
  Icmp6: 'Icmp',
  Tcp6: 'Tcp',
  Udp6: 'Udp',
  UdpLite6: 'Udp',
};

/** By section, then wording. */
const NAMES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(WORDINGS).map(([section, counters]) => [
    section,
    new Map(
      Object.entries(counters).flatMap(([name, wordings]) =>
        wordings.map((wording): [string, string] => [wording, name]),
      ),
    ),
  ]),
);
const DIRECTIONS: readonly Direction[] = ['', 'In', 'Out'];

/** Whole names by section, direction and wording: a name made anew for each line has to be looked at letter by letter. */
const WHOLE_NAMES: ReadonlyMap<string, ReadonlyMap<Direction, ReadonlyMap<string, string>>> = new Map(
  [...NAMES.keys(), ...Object.keys(SAME_WORDS)].map((section) => [
    section,
    new Map(DIRECTIONS.map((direction) => [direction, wholeNames(section, direction)])),
  ]),
);

/** The nearest words win: the section's own before those it shares, those of the direction before the others. */
function wholeNames(section: string, direction: Direction): ReadonlyMap<string, string> {
  const words = SAME_WORDS[section] ?? section;
  const names = [words, section, words + direction, section + direction].flatMap((key) => [...(NAMES.get(key) ?? [])]);
  return new Map(names.map(([wording, name]) => [wording, section + name]));
}

/** Sections whose words no other has: they name their counter without the section, too, as in a paste of a few lines. */
const OWN_WORDS = ['Tcp', 'TcpExt', 'Sctp'];

/**
 * The kernel's name of what `wording` (N for the number) counts in a section; a name made of the words where they are
 * new. Null: there are no words, or no section and nothing that tells it.
 */
export function nameOf(section: string, direction: Direction, wording: string): string | null {
  const printed = wording.endsWith(': N') ? NAME.exec(wording)?.[1] : undefined;
  if (section === '') {
    if (printed?.startsWith('TCP')) return `TcpExt${printed}`;
    const owner = OWN_WORDS.find((candidate) => NAMES.get(candidate)?.has(wording));
    return owner === undefined ? null : owner + NAMES.get(owner)!.get(wording)!;
  }
  const known = WHOLE_NAMES.get(section)?.get(direction)?.get(wording);
  if (known !== undefined) return known;
  if (printed !== undefined) return printed.startsWith(section) ? printed : section + printed;
  const made = camelCase(wording.replace(/\bN\b/, ' '));
  return made === '' ? null : section + direction + made;
}

function camelCase(wording: string): string {
  return wording
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
