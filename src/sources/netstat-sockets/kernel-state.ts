import { decimal, tokenEnd } from '../../base/bytes.ts';
import type { TextColumn } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';

/** States by their number in the kernel, which /proc prints in hexadecimal, and raw sockets of netstat in decimal. */
export const KERNEL_STATES: readonly string[] = [
  'UNKNOWN',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
];
const NAMES: TokenTable = new TokenTable(KERNEL_STATES.slice(0, -1));

/** Reads the State column of netstat, which is blank for a socket that has none: CLOSE to the kernel and to ss. */
export class KernelState {
  isListen = false;
  readonly #state: TextColumn;

  constructor(state: TextColumn) {
    this.#state = state;
  }

  /** Sets the column from the token at `start`; returns the position behind it, or -1 when it is no state. */
  read(bytes: Uint8Array, start: number, end: number, netid: string): number {
    const stop = tokenEnd(bytes, start, end);
    const name = KERNEL_STATES[NAMES.find(bytes, start, stop)];
    this.isListen = name === 'LISTEN';
    if (name !== undefined) {
      this.#state.setText(name);
      return stop;
    }
    if (netid === 'tcp') return -1;
    const number = netid === 'raw' ? decimal(bytes, start, stop) : -1;
    this.#state.setText(KERNEL_STATES[number] ?? 'CLOSE');
    return number < 0 ? start : stop;
  }
}
