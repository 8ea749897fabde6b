import { Address } from '../../base/address.ts';
import { decimal, indexOfByte, lastIndexOfByte } from '../../base/bytes.ts';
import type { NumberColumn, TextColumn } from '../../base/table-builder.ts';
import { isName } from './host-name.ts';
import { servicePort } from './services.ts';

const COLON = 58;
const STAR = 42;
const OPEN = 91;
const CLOSE = 93;
const PERCENT = 37;

/**
 * Reads `address:port` tokens of ss and netstat into columns: `10.0.0.1:80`, `[fe80::1]%eth0:80`, `*:*`, `:::22` of old
 * versions; without -n and with -r names: `10.0.0.1:https`, `www1.example.org:ssh`.
 */
export class Endpoint {
  readonly #address: Address = new Address();
  /** Family of the last address read; 0 for `*` and for a host name. */
  family: 0 | 4 | 6 = 0;
  /** Place of the `%scope` of the last address in its line, without the percent sign; empty when it has none. */
  scopeStart = 0;
  scopeEnd = 0;
  /** The last port was a service name that is not known, or the address `[UNKNOWN]`: they are left out. */
  strange = false;

  /** Sets the columns from `bytes[start, end)`; returns why it could not, or null. */
  read(bytes: Uint8Array, start: number, end: number, address: TextColumn, port: NumberColumn): string | null {
    const colon = lastIndexOfByte(bytes, COLON, start, end);
    if (colon < 0) return 'no port in the address';
    const portReason = this.readPort(bytes, colon + 1, end, port);
    if (portReason !== null) return portReason;
    let from = start;
    let to = colon;
    this.scopeStart = this.scopeEnd = 0;
    if (bytes[from] === OPEN) {
      const close = indexOfByte(bytes, CLOSE, from, to);
      if (close < 0) return 'address bracket not closed';
      if (close + 1 < to) {
        if (bytes[close + 1] !== PERCENT) return 'not an address';
        this.scopeStart = close + 2;
        this.scopeEnd = to;
      }
      from++;
      to = close;
    }
    const percent = indexOfByte(bytes, PERCENT, from, to);
    if (percent >= 0) {
      this.scopeStart = percent + 1;
      this.scopeEnd = to;
      to = percent;
    }
    return this.#readAddress(bytes, from, to, address, from > start);
  }

  /** Sets the port from the number, `*` or service name that fills `bytes[start, end)`; returns why it could not, or null. */
  readPort(bytes: Uint8Array, start: number, end: number, port: NumberColumn): string | null {
    this.strange = false;
    if (end - start === 1 && bytes[start] === STAR) return null;
    const number = decimal(bytes, start, end);
    if (number > 65_535) return 'port out of range';
    if (number >= 0) {
      port.set(number);
      return null;
    }
    if (!isName(bytes, start, end)) return 'port is not a number';
    const known = servicePort(bytes, start, end);
    if (known < 0) this.strange = true;
    else port.set(known);
    return null;
  }

  #readAddress(
    bytes: Uint8Array,
    start: number,
    end: number,
    address: TextColumn,
    isBracketed: boolean,
  ): string | null {
    this.family = 0;
    const parsed = this.#address;
    if (parsed.read(bytes, start, end)) {
      this.family = parsed.family;
      address.setBytes(parsed.bytes, parsed.start, parsed.end);
      return null;
    }
    if ((end - start !== 1 || bytes[start] !== STAR) && !isName(bytes, start, end)) return 'not an address';
    if (isBracketed) this.strange = true;
    else address.setBytes(bytes, start, end);
    return null;
  }
}
