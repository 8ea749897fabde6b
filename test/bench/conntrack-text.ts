import type { Random } from './random.ts';

/** Output of `conntrack -L` with accounting on, about `bytes` long, in pieces. */
export function* conntrackText(random: Random, bytes: number): Generator<string> {
  let written = 0;
  let piece = '';
  while (written + piece.length < bytes) {
    piece += random.next() < 0.9 ? tcp(random) : udp(random);
    if (piece.length > 1_000_000) {
      written += piece.length;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

const TIMEOUTS: readonly (readonly [string, number])[] = [
  ['ESTABLISHED', 431_999],
  ['ESTABLISHED', 431_999],
  ['TIME_WAIT', 119],
  ['TIME_WAIT', 119],
  ['CLOSE_WAIT', 59],
  ['LAST_ACK', 29],
  ['FIN_WAIT', 119],
  ['SYN_RECV', 59],
];

function tcp(random: Random): string {
  const [state, longest] = random.pick(TIMEOUTS);
  const client = random.address();
  const port = random.between(1024, 65_535);
  const packets = 2 + random.skewed(4000);
  const forth = `src=${client} dst=198.51.100.7 sport=${port} dport=443 packets=${packets} bytes=${packets * random.between(52, 300)}`;
  const back = `src=198.51.100.7 dst=${client} sport=443 dport=${port} packets=${packets} bytes=${packets * random.between(52, 1500)}`;
  return `tcp      6 ${random.between(1, longest)} ${state} ${forth} ${back} [ASSURED] mark=0 use=1\n`;
}

function udp(random: Random): string {
  const client = random.address();
  const port = random.between(1024, 65_535);
  const forth = `src=${client} dst=198.51.100.7 sport=${port} dport=53 packets=1 bytes=${random.between(40, 90)}`;
  const back = `src=198.51.100.7 dst=${client} sport=53 dport=${port} packets=0 bytes=0`;
  return `udp      17 ${random.between(1, 29)} ${forth} [UNREPLIED] ${back} mark=0 use=1\n`;
}
