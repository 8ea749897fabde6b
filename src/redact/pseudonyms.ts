import { AddressCipher } from './address-cipher.ts';
import { ipBytes, ipText } from './ip-text.ts';
import { Memo } from './memo.ts';
import { NameCipher } from './names.ts';
import type { RedactionKey } from './redaction-key.ts';

/** What is replaced. The order is that of the reports. */
export const KINDS = ['ip', 'mac', 'host', 'user', 'value'] as const;
export type Kind = (typeof KINDS)[number];

const REMEMBERED = 100_000;

/** Told each time something is replaced that was not lately. */
export type OnPair = (kind: Kind, pseudonym: string, original: string) => void;

/** Pseudonyms by kind, as text for text; answers are remembered. */
export class Pseudonyms {
  readonly #addresses: AddressCipher;
  readonly #names: NameCipher;
  readonly #onPair: OnPair;
  readonly #memo: Readonly<Record<Kind, Memo<string>>>;
  readonly #make: Readonly<Record<Kind, (text: string) => string>> = {
    ip: (text) => this.#ip(text),
    mac: (text) => this.#mac(text),
    host: (text) => this.#names.host(text),
    user: (text) => this.#names.word(text),
    value: (text) => this.#names.value(text),
  };

  constructor(key: RedactionKey, onPair: OnPair = () => undefined) {
    this.#addresses = new AddressCipher(key);
    this.#names = new NameCipher(key);
    this.#onPair = onPair;
    const memo = (): Memo<string> => new Memo(REMEMBERED);
    this.#memo = { ip: memo(), mac: memo(), host: memo(), user: memo(), value: memo() };
  }

  /** The pseudonym, or the text itself where it points to nobody: `127.0.0.1`, `localhost`, `root`. */
  of(kind: Kind, text: string): string {
    const memo = this.#memo[kind];
    let pseudonym = memo.get(text);
    if (pseudonym === undefined) {
      pseudonym = this.#make[kind](text);
      memo.set(text, pseudonym);
      if (pseudonym !== text) this.#onPair(kind, pseudonym, text);
    }
    return pseudonym;
  }

  /** The IP addresses as `/proc/net/tcp` prints them: words of four bytes, each in the byte order of a little-endian host. */
  hex(text: string): string {
    const plain = ipText(wordsTurned(Buffer.from(text, 'hex')));
    const bytes = wordsTurned(ipBytes(this.of('ip', plain))!);
    return Buffer.from(bytes).toString('hex').toUpperCase();
  }

  /** An IPv6 address that netstat cut to the width of its column: as many groups of as many digits. */
  cut(text: string): string {
    const head = text.replace(/(?<!:):$/, '');
    const isOpen = !head.includes('::');
    const whole = isOpen ? `${head}::` : head;
    if (head.includes('.') || ipBytes(whole) === null) return this.#digits(text);
    const pseudonym = this.of('ip', whole);
    return (isOpen ? pseudonym.replace(/::$/, '') : pseudonym) + text.slice(head.length);
  }

  /** So many letters that follow from the text. */
  filling(text: string, length: number): string {
    let out = '';
    while (out.length < length) out += this.#names.value(text + out);
    return out.slice(0, length);
  }

  /** Other digits in a piece of an address that cannot be read. */
  #digits(text: string): string {
    const filling = this.filling(text, text.length);
    const pseudonym = text.replace(/[0-9a-f]/gi, (_, at: number) => String(filling.charCodeAt(at) % 10));
    this.#onPair('ip', pseudonym, text);
    return pseudonym;
  }

  /** An IPv6 address of 32 hexadecimal digits without colons (`/proc/net/if_inet6`). */
  bareHex(text: string): string {
    return Buffer.from(ipBytes(this.of('ip', ipText(Buffer.from(text, 'hex'))))!).toString('hex');
  }

  #ip(text: string): string {
    const network = /^(.*)\/(\d+)$/.exec(text);
    const bytes = ipBytes(network?.[1] ?? text);
    if (bytes === null) return text;
    if (network === null) return ipText(this.#addresses.ip(bytes));
    return `${ipText(this.#addresses.network(bytes, Number(network[2])))}/${network[2]}`;
  }

  #mac(text: string): string {
    const separator = text.includes('-') ? '-' : ':';
    const bytes = Uint8Array.from(text.split(separator), (pair) => Number.parseInt(pair, 16));
    const turned = Buffer.from(this.#addresses.mac(bytes)).toString('hex');
    return turned.match(/../g)!.join(separator);
  }
}

function wordsTurned(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, i) => bytes[(i & ~3) + 3 - (i & 3)]!);
}
