/** What a capture may hold; one of them may be missing in a run. */
export const SOURCES = [
  'ss',
  'proc-net-counters',
  'conntrack',
  'conntrack-count',
  'conntrack-stat',
  'kernel-log',
  'access-log',
  'error-log',
  'apache-status',
] as const;
export type SourceId = (typeof SOURCES)[number];

/** Sockets of one kind in one sample. */
export interface Sockets {
  readonly state: string;
  count: number;
  /** Our address and port 80, or outgoing to `peer`. */
  readonly side: 'in' | 'out';
  /** Address and port of the destination of outgoing ones; of incoming ones `client` (served before), `stranger` or an address. */
  readonly peer: string;
  readonly owned: boolean;
  /** State in conntrack; null when it is not there. */
  readonly tracked: string | null;
}

/** Requests read evenly over the time since the sample before. */
export interface Requests {
  count: number;
  readonly path: string;
  status: number;
  durationS: number;
  readonly client?: string;
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
  readonly port: number | null;
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
  /** Growth since the sample before. */
  growth: Record<string, number>;
  /** Connections tracked that have no socket on this host. */
  trackedElsewhere: number;
  conntrackDrops: number;
}

/** What a host is set to. */
export interface Settings {
  workers: number;
  listenBacklog: number;
  somaxconn: number;
  proxyTimeoutS: number;
  conntrackMax: number;
  portRange: string;
}

export function usualSettings(): Settings {
  return {
    workers: 50,
    listenBacklog: 256,
    somaxconn: 4096,
    proxyTimeoutS: 20,
    conntrackMax: 4000,
    portRange: '32768 60999',
  };
}

/** The limit of the accept queue in force. */
export function backlogOf(settings: Settings): number {
  return Math.min(settings.listenBacklog, settings.somaxconn);
}

export const BACKEND = '10.2.0.1:9000';

export function incoming(state: string, count: number, more: Partial<Sockets> = {}): Sockets {
  return { state, count: Math.round(count), side: 'in', peer: 'client', owned: true, tracked: 'ESTABLISHED', ...more };
}

export function outgoing(state: string, count: number, more: Partial<Sockets> = {}): Sockets {
  return { state, count: Math.round(count), side: 'out', peer: BACKEND, owned: true, tracked: 'ESTABLISHED', ...more };
}

export function grow(moment: Moment, name: string, amount: number): void {
  moment.growth[name] = (moment.growth[name] ?? 0) + Math.round(amount);
}
