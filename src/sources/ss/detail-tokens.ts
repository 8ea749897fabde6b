import { TokenTable } from '../../base/token-table.ts';

/** `key:number` tokens that fill one column. */
export const INT32: Readonly<Record<string, string>> = {
  cwnd: 'cwnd',
  unacked: 'unacked',
  lost: 'lost',
  mss: 'mss',
  pmtu: 'pmtu',
  ssthresh: 'ssthresh',
  backoff: 'backoff',
  sacked: 'sacked',
  reordering: 'reordering',
  reord_seen: 'reord_seen',
  dsack_dups: 'dsack_dups',
  rcv_space: 'rcv_space_bytes',
  uid: 'uid',
};
export const INT64: Readonly<Record<string, string>> = {
  ino: 'inode',
  bytes_sent: 'bytes_sent',
  bytes_acked: 'bytes_acked',
  bytes_received: 'bytes_received',
  bytes_retrans: 'bytes_retrans',
  segs_out: 'segs_out',
  segs_in: 'segs_in',
  lastsnd: 'lastsnd_ms',
  lastrcv: 'lastrcv_ms',
  lastack: 'lastack_ms',
  notsent: 'notsent_bytes',
  snd_wnd: 'snd_wnd_bytes',
};
export const FRACTION: Readonly<Record<string, string>> = { rto: 'rto_ms', minrtt: 'minrtt_ms', rcv_rtt: 'rcv_rtt_ms' };
/** `busy:4ms`, `rwnd_limited:12ms(3.4%)`. */
export const DURATION: Readonly<Record<string, string>> = {
  busy: 'busy_ms',
  rwnd_limited: 'rwnd_limited_ms',
  sndbuf_limited: 'sndbuf_limited_ms',
};
/** Parts of `skmem:(r0,rb131072,…)`. */
export const MEMORY: Readonly<Record<string, string>> = {
  r: 'rmem_bytes',
  rb: 'rcvbuf_bytes',
  w: 'wmem_bytes',
  tb: 'sndbuf_bytes',
  bl: 'backlog_bytes',
  d: 'drops',
};
const OTHER_KEYS = ['rtt', 'retrans', 'timer', 'skmem', 'mem', 'cgroup'] as const;
/** Known tokens without a column: addresses of kernel objects, and what only tells how the two sides were set up. */
const LEFT_OUT: readonly string[] =
  'sk v6only wscale ato rcvmss advmss data_segs_out data_segs_in delivered rcv_ssthresh rcv_wnd'.split(' ');
const KEYS = [INT32, INT64, FRACTION, DURATION].flatMap((keys) => Object.keys(keys));
export const RTT: number = KEYS.length;
export const RETRANS: number = RTT + 1;
export const TIMER: number = RTT + 2;
export const SKMEM: number = RTT + 3;
export const MEM: number = RTT + 4;
export const CGROUP: number = RTT + 5;
export const LEFT_OUT_FROM: number = RTT + OTHER_KEYS.length;
export const KEY_TABLE: TokenTable = new TokenTable([...KEYS, ...OTHER_KEYS, ...LEFT_OUT]);
export const INT64_FROM: number = Object.keys(INT32).length;
export const FRACTION_FROM: number = INT64_FROM + Object.keys(INT64).length;
export const DURATION_FROM: number = FRACTION_FROM + Object.keys(FRACTION).length;
export const INODE: number = INT64_FROM + Object.keys(INT64).indexOf('ino');

export const MEMORY_TABLE: TokenTable = new TokenTable(Object.keys(MEMORY));

/** Bare words that are a column's value; congestion control algorithms of mainline kernels and of BBR's later versions. */
export const SHUTDOWNS: readonly string[] = ['<->', '-->', '<--', '---'];
const ALGORITHMS =
  'cubic reno bbr bbr1 bbr2 bbr3 dctcp bic westwood htcp hybla vegas veno scalable lp yeah illinois highspeed cdg nv'.split(
    ' ',
  );
/** Words that a rate follows; the first two have a column. */
const RATES = ['delivery_rate', 'pacing_rate', 'send'] as const;
/** Options of the connection, and where `-i` says no more. */
const FLAGS = ['app_limited', 'ts', 'sack', 'ecn', 'ecnseen', 'fastopen'] as const;
export const WORDS: TokenTable = new TokenTable([...SHUTDOWNS, ...ALGORITHMS, ...RATES, ...FLAGS]);
export const RATES_FROM: number = SHUTDOWNS.length + ALGORITHMS.length;
export const FLAGS_FROM: number = RATES_FROM + RATES.length;
