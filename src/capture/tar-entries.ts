import type { Header } from 'tar-stream';
import { LimitError } from './byte-budget.ts';
import type { Limits } from './limits.ts';

const BLOCK_BYTES = 512;
/** What may lie between a decompressor and the tar reader. */
const IN_FLIGHT_BYTES = 4 * 2 ** 20;

const KINDS: Readonly<Record<string, string>> = {
  link: 'a hard link',
  symlink: 'a symbolic link',
  fifo: 'a named pipe',
  'character-device': 'a device',
  'block-device': 'a device',
};

/** A tar entry's header, with what the reader tells beyond its types. */
export interface EntryHeader extends Header {
  /** Where its data begins. */
  readonly byteOffset: number;
  readonly pax?: Readonly<Record<string, string>> | null;
}

/** Why an entry has no bytes to be read as they are; null for a regular file. */
export function whyNoFile({ type, pax }: EntryHeader): string | null {
  if (type !== 'file' && type !== 'contiguous-file')
    return KINDS[type] ?? 'neither a file nor a link (sparse, or of an unknown type)';
  return pax && Object.keys(pax).some((key) => key.startsWith('GNU.sparse')) ? 'a sparse file' : null;
}

/**
 * Watches what lies between the entries of a tar archive. The tar reader keeps headers of up to 4 MB in memory, gives no sign of
 * them, and copies global ones for each entry.
 */
export class HeaderWatch {
  readonly #limits: Limits;
  #arrived = 0;
  /** Where the last entry's data ends, padding included. */
  #end = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Bytes on their way to the tar reader. Throws a LimitError where no entry has come of very many. */
  arrived(bytes: number): void {
    this.#arrived += bytes;
    if (this.#arrived - this.#end > this.#limits.headerBytes + IN_FLIGHT_BYTES) this.#refuse();
  }

  /** The next entry. Throws a LimitError where its header, or what lies before it, is too large. */
  entry({ byteOffset, size, pax }: EntryHeader): void {
    if (byteOffset - this.#end > this.#limits.headerBytes) this.#refuse();
    this.#end = byteOffset + Math.ceil((size ?? 0) / BLOCK_BYTES) * BLOCK_BYTES;
    let attributes = 0;
    for (const _ in pax)
      if (++attributes > this.#limits.attributes)
        throw new LimitError(`an entry with more than ${this.#limits.attributes} attributes`);
  }

  #refuse(): never {
    throw new LimitError(`more than ${this.#limits.headerBytes} bytes that belong to no entry`);
  }
}
