import { Address } from '../../base/address.ts';
import { decimal, indexOfByte, lastIndexOfByte } from '../../base/bytes.ts';
import type { NumberColumn, TextColumn } from '../../base/table-builder.ts';

const COLON = 58;
const STAR = 42;
const OPEN = 91;
const CLOSE = 93;
const PERCENT = 37;

/** Reads `address:port` tokens of ss into columns: `10.0.0.1:80`, `[fe80::1]%eth0:80`, `*:*`, `:::22` of old versions. */
export class Endpoint {
  readonly #address: Address = new Address();
  /** Family of the last address read; 0 for `*`. */
  family: 0 | 4 | 6 = 0;
  /** Place of the `%scope` of the last address in its line, without the percent sign; empty when it has none. */
  scopeStart = 0;
  scopeEnd = 0;

  /** Sets the columns from `bytes[start, end)`; returns why it could not, or null. */
  read(bytes: Uint8Array, start: number, end: number, address: TextColumn, port: NumberColumn): string | null {
    const colon = lastIndexOfByte(bytes, COLON, start, end);
    if (colon < 0) return 'no port in the address';
    const portReason = readPort(bytes, colon + 1, end, port);
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
    if (to - from === 1 && bytes[from] === STAR) {
      this.family = 0;
      address.setBytes(bytes, from, to);
      return null;
    }
    const parsed = this.#address;
    if (!parsed.read(bytes, from, to)) return 'not an address';
    this.family = parsed.family;
    address.setBytes(parsed.bytes, parsed.start, parsed.end);
    return null;
  }
}

function readPort(bytes: Uint8Array, start: number, end: number, port: NumberColumn): string | null {
  if (end - start === 1 && bytes[start] === STAR) return null;
  const number = decimal(bytes, start, end);
  if (number < 0) return 'port is not a number';
  if (number > 65_535) return 'port out of range';
  port.set(number);
  return null;
}
