import type { Moment } from './moment.ts';

/** Counters that kernels print even where they stand still. */
const KNOWN: readonly (readonly [name: string, times: number])[] = [
  ...['ListenOverflows', 'ListenDrops', 'SyncookiesSent', 'SyncookiesRecv', 'TCPReqQFullDoCookies'].map(
    (name) => [`TcpExt${name}`, 1] as const,
  ),
  ...['PassiveOpens', 'ActiveOpens', 'AttemptFails', 'EstabResets', 'RetransSegs', 'OutRsts', 'InSegs', 'OutSegs'].map(
    (name) => [`Tcp${name}`, 50] as const,
  ),
  ...['TCPSynRetrans', 'TCPTimeouts', 'TCPAbortOnData', 'TCPOrigDataSent'].map((name) => [`TcpExt${name}`, 2] as const),
  ...['TCPTimeWaitOverflow', 'TCPMemoryPressures', 'TCPAbortOnMemory', 'TCPToZeroWindowAdv', 'TCPRcvQDrop'].map(
    (name) => [`TcpExt${name}`, 0] as const,
  ),
  ...['rx_packets', 'tx_packets', 'rx_dropped', 'rx_missed', 'rx_errors', 'rx_crc', 'rx_fifo'].map(
    (name) => [`link.${name}`, 3] as const,
  ),
  ...['processed', 'dropped', 'time_squeeze'].map((name) => [`softnet.${name}`, 1] as const),
  ...['dropped', 'early_drop', 'insert_failed', 'invalid'].map((name) => [`track.${name}`, 1] as const),
  ['IpOutDiscards', 1] as const,
];

/** Counters since boot: large from incidents long ago, small after a reboot. */
export class Totals {
  readonly values: Map<string, number> = new Map();
  #boot = 0;

  constructor(seed: number) {
    const old = 1000 + (seed % 70_000);
    for (const [name, times] of KNOWN) this.values.set(name, times * old);
  }

  add(moment: Moment): void {
    if (moment.boot !== this.#boot) {
      for (const name of this.values.keys()) this.values.set(name, 0);
      this.#boot = moment.boot;
    }
    for (const [name, growth] of Object.entries(moment.growth))
      this.values.set(name, (this.values.get(name) ?? 0) + growth);
  }
}
