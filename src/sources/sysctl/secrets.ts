import { ascii, equals } from '../../base/bytes.ts';

const NAMES = ['tcp_fastopen_key', 'stable_secret'].map(ascii);

/** What stands for a value that is a secret: a key of TCP Fast Open, or what IPv6 addresses are made from. */
export const HIDDEN: Uint8Array<ArrayBuffer> = ascii('***');

/** Whether the value of this key is a secret. */
export function isSecret(key: Uint8Array, start: number, end: number): boolean {
  return NAMES.some((name) => equals(key, Math.max(start, end - name.length), end, name));
}
