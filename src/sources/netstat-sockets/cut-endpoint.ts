import { decimal, indexOfByte, lastIndexOfByte } from '../../base/bytes.ts';
import type { NumberColumn, TextColumn } from '../../base/table-builder.ts';
import { Endpoint } from '../ss/endpoint.ts';
import type { OtherTokens } from '../ss/other-tokens.ts';

const COLON = 58;
const DOT = 46;
/** Width of the column where the header does not tell. */
const LEAST_WIDTH = 23;
/** A last octet from here on, or 0, cannot be the head of a longer one. */
const LONGEST_HEAD = 25;
/** `-W` among the options in the member's name. */
const WIDE = /(?:^|\/)netstat[-_]*[a-zA-Z]*W/;

/**
 * Reads `address:port` of netstat. One that fills the column to the last character may have lost the end of its
 * address: then only the port is taken, unless the tool shows that it does not cut.
 */
export class CutEndpoint {
  /** Family of the last address, as far as its text tells; 0 for names. */
  family: 0 | 4 | 6 = 0;
  readonly #address: TextColumn;
  readonly #port: NumberColumn;
  readonly #other: OtherTokens;
  readonly #endpoint: Endpoint = new Endpoint();
  #wide: boolean;
  #width: number = LEAST_WIDTH;

  constructor(address: TextColumn, port: NumberColumn, other: OtherTokens, member: string) {
    this.#address = address;
    this.#port = port;
    this.#other = other;
    this.#wide = WIDE.test(member);
  }

  /** Takes the width of the column from the header: longer than 23 with Red Hat 6 and with busybox -W. */
  setWidth(width: number): void {
    this.#width = Math.max(width, LEAST_WIDTH);
  }

  /** Sets the columns from `bytes[start, end)`; returns why it could not, or null. */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    const endpoint = this.#endpoint;
    if (end - start > this.#width) this.#wide = true;
    const colon = end - start === this.#width && !this.#wide ? lastIndexOfByte(bytes, COLON, start, end) : -1;
    if (colon < 0 || isWholeIpv4(bytes, start, colon)) {
      const reason = endpoint.read(bytes, start, end, this.#address, this.#port);
      this.family = endpoint.family;
      if (endpoint.strange) this.#other.add(bytes, start, end);
      return reason;
    }
    this.family = indexOfByte(bytes, COLON, start, colon) < 0 ? 0 : 6;
    this.#other.add(bytes, start, end);
    return endpoint.readPort(bytes, colon + 1, end, this.#port);
  }
}

/** Whether the address ends in a dotted IPv4 address (`::ffff:198.51.100.7`) that cannot have lost a digit. */
function isWholeIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  const from = lastIndexOfByte(bytes, COLON, start, end) + 1;
  let dots = 0;
  for (let at = from; at < end; at++) if (bytes[at] === DOT) dots++;
  const octet = decimal(bytes, lastIndexOfByte(bytes, DOT, from, end) + 1, end);
  return from > start && dots === 3 && (octet === 0 || octet > LONGEST_HEAD);
}
