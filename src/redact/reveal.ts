import { AddressCipher } from './address-cipher.ts';
import { HostNames } from './host-names.ts';
import { ipBytes, ipText } from './ip-text.ts';
import { LearnedNames } from './learned-names.ts';
import { LineFinder } from './line-finder.ts';
import type { RedactionKey } from './redaction-key.ts';

const WORD = /(?<![A-Za-z0-9])(?:(?:[\w-]{1,63}\.){1,20}invalid|n[a-z2-7]{7}|x[a-z2-7]{10})(?![A-Za-z0-9])/g;

/** A text, and what in it could not be revealed. */
export interface Revealed {
  readonly text: string;
  /** Pseudonyms of names and values that the map does not hold. */
  readonly unknown: readonly string[];
}

/** Puts what was there back in place of its pseudonyms: addresses by the key, names and values by the pairs of the map. */
export function reveal(text: string, key: RedactionKey | null, pairs: ReadonlyMap<string, string>): Revealed {
  const unknown = new Set<string>();
  const lines = text.split('\n').map((line) => (key === null ? line : withAddresses(line, new AddressCipher(key))));
  const revealed = lines.join('\n').replace(WORD, (word) => {
    const original = behind(word, pairs);
    if (original === null) unknown.add(word);
    return original ?? word;
  });
  return {
    text: key === null ? replaced(revealed, (word) => pairs.get(word) ?? word) : revealed,
    unknown: [...unknown],
  };
}

/** What stands behind a name or a value; of a host whose whole name is not known, behind its domain. */
function behind(word: string, pairs: ReadonlyMap<string, string>): string | null {
  for (let at = 0; at >= 0; at = word.indexOf('.', at) + 1 || -1) {
    const original = pairs.get(word.slice(at));
    if (original !== undefined) return word.slice(0, at) + original;
  }
  return null;
}

function withAddresses(line: string, cipher: AddressCipher): string {
  return replaced(line, (word) => {
    const [address, bits] = word.split('/');
    const bytes = ipBytes(address!);
    if (bytes !== null && bits !== undefined)
      return `${ipText(cipher.network(bytes, Number(bits), 'decrypt'))}/${bits}`;
    if (bytes !== null) return ipText(cipher.ip(bytes, 'decrypt'));
    const separator = word.includes('-') ? '-' : ':';
    const mac = cipher.mac(
      Uint8Array.from(word.split(separator), (pair) => Number.parseInt(pair, 16)),
      'decrypt',
    );
    return Buffer.from(mac).toString('hex').match(/../g)!.join(separator);
  });
}

/** A text with its IP and MAC addresses replaced. */
function replaced(text: string, by: (address: string) => string): string {
  const learned = new LearnedNames();
  const finder = new LineFinder('', learned, new HostNames(learned));
  return text
    .split('\n')
    .map((line) => {
      const bytes = Buffer.from(line);
      let out = '';
      let at = 0;
      for (const { start, end, form } of finder.find(bytes, 0, bytes.length)) {
        if (form !== 'ip' && form !== 'mac') continue;
        out += bytes.toString('utf8', at, start) + by(bytes.toString('latin1', start, end));
        at = end;
      }
      return out + bytes.toString('utf8', at);
    })
    .join('\n');
}
