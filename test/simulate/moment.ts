/** What a capture may hold; one of them may be missing in a run. */
export const SOURCES = [
  'ss',
  'ss-process',
  'proc-net-counters',
  'conntrack',
  'conntrack-count',
  'conntrack-stat',
  'kernel-log',
  'access-log',
  'error-log',
  'apache-status',
  'interface',
  'softnet',
  'sockstat',
  'memory',
  'process',
] as const;
export type SourceId = (typeof SOURCES)[number];

/** Sockets of one kind in one sample. */
export interface Sockets {
  readonly state: string;
  count: number;
  /** Our address and port, or outgoing to `peer`. */
  readonly side: 'in' | 'out';
  /** Local port of incoming ones. */
  readonly port: number;
  /**
   * Address and port of the destination of outgoing ones; of incoming ones `client` (served before), `network` (clients of
   * one network), `stranger` or an address.
   */
  readonly peer: string;
  readonly owned: boolean;
  /** State in conntrack; null when it is not there. */
  readonly tracked: string | null;
  /** Number of the oldest one among all there ever were: what has the same number is the same connection. Null: all are new. */
  readonly first: number | null;
  readonly process: string | null;
  readonly unreadBytes: number;
  readonly unackedBytes: number;
  readonly timer: 'on' | 'keepalive' | 'timewait' | 'persist' | null;
  readonly timerMs: number;
  readonly retrans: number;
  /** Bytes since the connection was made; `null` where the kernel keeps none (SYN_RECV, TIME_WAIT). */
  readonly bytes: { readonly received: number; readonly sent: number; readonly acked: number } | null;
  readonly silentMs: number;
  /** Share of its segments that were sent again. */
  readonly repeatShare: number;
}

/** Requests read evenly over the time since the sample before. */
export interface Requests {
  count: number;
  readonly path: string;
  status: number;
  durationS: number;
  readonly client?: string;
  readonly agent?: string;
}

export interface ErrorLines {
  count: number;
  readonly level: string;
  readonly code: string;
  readonly errno: number | null;
  readonly message: string;
  /** Seconds from the request to its line. */
  readonly delayS: number;
}

export interface KernelLine {
  readonly event: string;
  readonly message: string;
  readonly port?: number;
  readonly interface?: string;
  readonly detail?: string;
}

/** What one sample shows, and what happened since the one before. */
export interface Moment {
  readonly n: number;
  /** Seconds since the first sample. */
  readonly atS: number;
  readonly spanS: number;
  /** Load of the host, 1 is usual. */
  load: number;
  boot: number;
  /** Not taken: the collector had a gap. */
  lost: boolean;
  sockets: Sockets[];
  requests: Requests[];
  errors: ErrorLines[];
  kernel: KernelLine[];
  /** Connections waiting for accept(). */
  queue: number;
  busy: number;
  /** Scoreboard letter of the busy workers beyond the usual ones. */
  letter: 'R' | 'W' | 'K' | 'C' | 'G';
  answered: boolean;
  /**
   * Growth since the sample before: kernel counters by their names; `link.` columns of the interface, `softnet.` of the CPU,
   * `track.` of connection tracking.
   */
  growth: Record<string, number>;
  /** Connections tracked that have no socket on this host. */
  trackedElsewhere: number;
  /** Share of the data segments that is lost on the way on a usual day. */
  lossShare: number;
  /** Sockets without an owner, of the whole machine. */
  orphans: number;
  /** Pages that TCP holds. */
  tcpPages: number;
  /** Share of the memory that is available. */
  freeMemory: number;
}

/** What a host is set to. */
export interface Settings {
  workers: number;
  listenBacklog: number;
  somaxconn: number;
  proxyTimeoutS: number;
  conntrackMax: number;
  portRange: string;
  /** Further listening ports. */
  ports: number[];
  /** Kernel settings beside those above, and those that are not as usual. */
  sysctl: Record<string, string>;
  memoryMib: number;
  /** Memory of an Apache process without what it shares. */
  workerMib: number;
}

export function usualSettings(): Settings {
  return {
    workers: 50,
    listenBacklog: 256,
    somaxconn: 4096,
    proxyTimeoutS: 20,
    conntrackMax: 4000,
    portRange: '32768 60999',
    ports: [],
    sysctl: {
      'net.ipv4.tcp_syncookies': '1',
      'net.ipv4.tcp_fin_timeout': '60',
      'net.ipv4.tcp_max_tw_buckets': '131072',
      'net.ipv4.tcp_max_orphans': '65536',
      'net.ipv4.tcp_mem': '90000 120000 180000',
      'net.ipv4.neigh.default.gc_thresh3': '1024',
      'net.core.netdev_max_backlog': '1000',
    },
    memoryMib: 8192,
    workerMib: 20,
  };
}

/** The limit of the accept queue in force. */
export function backlogOf(settings: Settings): number {
  return Math.min(settings.listenBacklog, settings.somaxconn);
}

export const BACKEND = '10.2.0.1:9000';

/** What the kernel keeps no account of. */
const MINIATURE: ReadonlySet<string> = new Set(['SYN_RECV', 'TIME_WAIT']);

function sockets(state: string, count: number, side: 'in' | 'out', more: Partial<Sockets>): Sockets {
  const owned = more.owned ?? true;
  return {
    state,
    count: Math.round(count),
    side,
    port: 80,
    peer: side === 'in' ? 'client' : BACKEND,
    owned,
    tracked: 'ESTABLISHED',
    first: null,
    process: null,
    unreadBytes: state === 'CLOSE_WAIT' ? 1 : 0,
    unackedBytes: state === 'LAST_ACK' || state === 'FIN_WAIT1' ? 1 : 0,
    timer: state === 'TIME_WAIT' ? 'timewait' : state === 'SYN_RECV' || state === 'LAST_ACK' ? 'on' : null,
    timerMs: state === 'TIME_WAIT' ? 30_000 : 600,
    retrans: 0,
    bytes: MINIATURE.has(state) ? null : { received: 500, sent: owned ? 20_000 : 0, acked: owned ? 20_000 : 0 },
    silentMs: 200,
    repeatShare: 0.001,
    ...more,
  };
}

export function incoming(state: string, count: number, more: Partial<Sockets> = {}): Sockets {
  return sockets(state, count, 'in', more);
}

export function outgoing(state: string, count: number, more: Partial<Sockets> = {}): Sockets {
  return sockets(state, count, 'out', more);
}

/** Connections that come at a rate, each of which lasts: what is there of them `forS` seconds after the first. */
export function lasting(perS: number, lifeS: number, forS: number, endedS = 0): { count: number; first: number } {
  const born = Math.floor(perS * (forS - endedS));
  const first = Math.min(born, Math.floor(perS * Math.max(0, forS - lifeS)));
  return { count: born - first, first };
}

/** SYNs and SYN-ACKs sent again: the kernel counts them among the segments sent again as well. */
export function repeatHandshakes(moment: Moment, times: number): void {
  grow(moment, 'TcpExtTCPSynRetrans', times);
  grow(moment, 'TcpRetransSegs', times);
}

export function grow(moment: Moment, name: string, amount: number): void {
  moment.growth[name] = (moment.growth[name] ?? 0) + Math.round(amount);
}
