import type { FlowRow } from './flow-row.ts';

/** Options that carry a value of the table. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['-t', 'timeout_s'],
  ['-s', 'src'],
  ['-d', 'dst'],
  ['-r', 'reply_src'],
  ['-q', 'reply_dst'],
  ['-p', 'l4proto'],
  ['--sport', 'sport'],
  ['--dport', 'dport'],
  ['--reply-port-src', 'reply_sport'],
  ['--reply-port-dst', 'reply_dport'],
  ['--state', 'state'],
  ['-m', 'mark'],
  ['-w', 'zone'],
  ['--orig-zone', 'zone'],
  ['--reply-zone', 'zone'],
]);
const LONGEST = 4096;
/** A protocol the tool has no name for. */
const NUMBER = /^\d{1,3}$/;

/**
 * Reads an entry as `conntrack -L -o save` prints it, the options that would make it again; a text when it is none.
 *
 *     -A -t 431997 -u SEEN_REPLY,ASSURED -s 10.79.0.2 -d 10.79.0.1 -r 10.79.0.1 -q 10.79.0.2 -p tcp --sport 52186 --dport 21 --reply-port-src 21 --reply-port-dst 52186 --state ESTABLISHED
 */
export function readSaved(bytes: Uint8Array, start: number, end: number, row: FlowRow): string | null {
  const words = new TextDecoder()
    .decode(bytes.subarray(start, Math.min(end, start + LONGEST)))
    .trim()
    .split(/\s+/);
  if (words[0] !== '-A' || words.length % 2 === 0) return 'not a conntrack entry';
  row.clear();
  for (let at = 1; at < words.length; at += 2) {
    const option = words[at]!;
    const value = words[at + 1]!;
    if (!option.startsWith('-')) return 'token is neither key=value nor a flag';
    const column = COLUMNS.get(option);
    if (column !== undefined) row.set(column, column === 'l4proto' && NUMBER.test(value) ? 'unknown' : value);
    if (option === '--orig-zone') row.set('zone_direction', 'original');
    else if (option === '--reply-zone') row.set('zone_direction', 'reply');
    else if (option === '-u') row.set('status', value.includes('SEEN_REPLY') ? value : `${value},UNREPLIED`);
  }
  return row.write();
}
