/** Options of ss and netstat, each letter once: `tan`, `neopa`; a host's name is none. */
const OPTIONS = /^(?!.*(.).*\1)[natlupweiosmxcvrOTWZ46]{1,14}$/;
const ALL = 'tuwx';

/** First words of a line, where it names its protocol, and the letter of the option that asks for them. */
const NAMED: readonly (readonly [string, RegExp])[] = [
  ['t', /^tcp/m],
  ['u', /^udp/m],
  ['w', /^(?:raw|icmp6)/m],
  ['x', /^(?:u_|unix)/m],
];
const OF_TCP = /^(?:ESTAB|LISTEN|TIME-WAIT|CLOSE-WAIT|SYN-|FIN-WAIT|LAST-ACK|CLOSING)/m;
const UNCONNECTED = /^UNCONN/m;
/** A list of nothing tells something no other does: it hides none and none hides it. */
const NOTHING = '-';

/**
 * Which protocols a list of sockets holds, by its file's name or its command: `ss-tan.txt` TCP only, `netstat_-neopa` all. A name
 * that says nothing leaves it to what is in the file.
 */
export function socketProtocols(member: string, sight: string): string {
  const words = member
    .slice(member.lastIndexOf('/') + 1)
    .replace(/\.\w{1,4}$/, '')
    .split(/[\s_-]+/)
    .slice(1);
  const letters = words.filter((word) => OPTIONS.test(word)).join('');
  const asked = ALL.split('')
    .filter((letter) => letters.includes(letter))
    .join('');
  if (asked !== '') return asked;
  return letters !== '' || sight === '' ? ALL : protocolsIn(sight);
}

/** A list of one protocol does not name it: only TCP has states of its own. */
function protocolsIn(sight: string): string {
  const named = NAMED.flatMap(([letter, line]) => (line.test(sight) ? [letter] : [])).join('');
  if (named !== '') return named;
  if (OF_TCP.test(sight)) return 't';
  return UNCONNECTED.test(sight) ? 'u' : NOTHING;
}
