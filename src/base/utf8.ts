/** The bytes when they are valid UTF-8 without NUL; otherwise a copy in which each bad byte is spelled `\xhh`, as Apache does. */
export function wellFormedUtf8(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.includes('\ufffd') && !text.includes('\0')) return bytes;
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const char = decodeOne(bytes, i);
    out += char ?? `\\x${bytes[i]!.toString(16).padStart(2, '0')}`;
    i += char === null ? 1 : Buffer.byteLength(char);
  }
  return new TextEncoder().encode(out);
}

/** The character that begins at `at`, or null where no valid one does (NUL counts as none). */
function decodeOne(bytes: Uint8Array, at: number): string | null {
  const first = bytes[at]!;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (first === 0 || length === 0 || at + length > bytes.length) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
  } catch {
    return null;
  }
}
