import { TokenTable } from '../../base/token-table.ts';

/** How ss spells a state, and how the kernel and netstat do. */
const STATES: readonly (readonly [string, string])[] = [
  ['TIME-WAIT', 'TIME_WAIT'],
  ['ESTAB', 'ESTABLISHED'],
  ['SYN-RECV', 'SYN_RECV'],
  ['LISTEN', 'LISTEN'],
  ['CLOSE-WAIT', 'CLOSE_WAIT'],
  ['LAST-ACK', 'LAST_ACK'],
  ['FIN-WAIT-1', 'FIN_WAIT1'],
  ['FIN-WAIT-2', 'FIN_WAIT2'],
  ['SYN-SENT', 'SYN_SENT'],
  ['CLOSING', 'CLOSING'],
  ['UNCONN', 'CLOSE'],
  ['CLOSED', 'CLOSE'],
  ['NEW-SYN-RECV', 'SYN_RECV'],
  ['BOUND-INACTIVE', 'BOUND_INACTIVE'],
  ['UNKNOWN', 'UNKNOWN'],
];

const SPELLED: TokenTable = new TokenTable(STATES.map(([spelled]) => spelled));
const CANONICAL: readonly string[] = STATES.map(([, canonical]) => canonical);

/** Canonical name of the state that fills `bytes[start, end)`, or undefined. */
export function stateOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  return CANONICAL[SPELLED.find(bytes, start, end)];
}

/** Netids of sockets with IP addresses: these become rows. */
const INTERNET: readonly string[] = ['tcp', 'udp', 'raw', 'sctp', 'dccp', 'mptcp', 'udplite', 'icmp6', 'ping'];
/** Netids of sockets without IP addresses: known, and no row. */
const OTHERS: readonly string[] = [
  'nl',
  'u_str',
  'u_dgr',
  'u_seq',
  'p_raw',
  'p_dgr',
  'v_str',
  'v_dgr',
  'ti',
  'ti-st',
  'ti-sq',
  'ti-rd',
  'ti-dg',
  'tipc',
  'xdp',
  '???',
];

const NETIDS: TokenTable = new TokenTable([...INTERNET, ...OTHERS]);

/** The netid that fills `bytes[start, end)`; null for a socket without IP addresses, undefined when it is none. */
export function netidOf(bytes: Uint8Array, start: number, end: number): string | null | undefined {
  const found = NETIDS.find(bytes, start, end);
  return found < 0 ? undefined : (INTERNET[found] ?? null);
}

/** Options that choose a kind of socket; the tool prints no Netid where there is only one of them. */
const KINDS: Readonly<Record<string, string>> = { t: 'tcp', u: 'udp', w: 'raw', d: 'dccp', S: 'sctp', M: 'mptcp' };
const OPTIONS = /(?:^|\/)ss[-_]+([0-9a-zA-Z]+)[^/]*$/;
const LETTERS = /^[0246abBdeEHilmMnoOpQrStTuwxzZ]+$/;

/** The kind of socket that the options in the member's name ask for (`ss-uan.txt`); null when they do not say. */
export function netidOfMember(member: string): string | null {
  const options = OPTIONS.exec(member)?.[1] ?? '';
  const kinds = LETTERS.test(options) ? options.split('').filter((letter) => letter in KINDS) : [];
  return kinds.length === 1 ? KINDS[kinds[0]!]! : null;
}
