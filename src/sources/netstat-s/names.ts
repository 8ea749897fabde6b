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
  const known = find(section, direction, wording);
  if (known !== undefined) return section + known;
  if (printed !== undefined) return printed.startsWith(section) ? printed : section + printed;
  const made = camelCase(wording.replace(/\bN\b/, ' '));
  return made === '' ? null : section + direction + made;
}

function find(section: string, direction: Direction, wording: string): string | undefined {
  const words = SAME_WORDS[section] ?? section;
  return (
    NAMES.get(section + direction)?.get(wording) ??
    NAMES.get(words + direction)?.get(wording) ??
    NAMES.get(section)?.get(wording) ??
    NAMES.get(words)?.get(wording)
  );
}

function camelCase(wording: string): string {
  return wording
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
