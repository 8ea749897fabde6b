/**
 * The member's folder and name inside a capture, or why the entry is refused.
 * A capture lies in one top folder; what is above it is cut off: `x/lastack-www1-…/logs/access/a.log`.
 */
export type EntryName = { readonly path: string } | { readonly refused: string };

/** Checks an entry's path as an archive gives it; nothing is ever written under that name. */
export function checkEntryName(raw: string, maxBytes: number): EntryName {
  if (Buffer.byteLength(raw) > maxBytes) return { refused: `name longer than ${maxBytes} bytes` };
  if (raw.includes('\0')) return { refused: 'name with a NUL byte' };
  if (raw.startsWith('/') || raw.startsWith('\\') || /^[A-Za-z]:[\\/]/.test(raw)) return { refused: 'absolute path' };
  const parts = raw.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return { refused: 'path that leaves the capture' };
  if (parts.length === 0) return { refused: 'empty name' };
  return { path: parts.join('/') };
}

/** Text from the evidence made fit for one line of output: control characters become `?`, long ones are cut. */
export function printable(text: string, maxLength = 120): string {
  const clean = text.slice(0, maxLength + 1).replace(/[\p{Cc}\p{Bidi_Control}]/gu, '?');
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}
