import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import xz from 'xz-decompress';

/** Compressions that are read as they come. */
export type Compression = 'gzip' | 'xz';

/** Each chunk is a trip to another thread and a buffer of its own: small ones cost more than large ones. */
const GUNZIP_CHUNK_BYTES = 1024 * 1024;

const MAGICS: readonly { readonly compression: Compression; readonly magic: readonly number[] }[] = [
  { compression: 'gzip', magic: [0x1f, 0x8b] },
  { compression: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
];

/** Kinds of file we are handed and cannot read, by their first bytes, and what makes them readable. */
const OTHERS: readonly { readonly magic: readonly number[]; readonly what: string; readonly first: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive', first: 'unzip' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'zstd-compressed', first: 'zstd -d' },
  { magic: [0x42, 0x5a, 0x68], what: 'bzip2-compressed', first: 'bzip2 -d' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7z archive', first: '7z x' },
  { magic: [0x5d, 0x00, 0x00], what: 'lzma-compressed', first: 'xz -d' },
];

/** Longest of the magic numbers. */
export const MAGIC_BYTES = 6;

/** How a file that begins with these bytes is compressed; null when it is not, or not in a way that is read. */
export function compressionOf(head: Uint8Array): Compression | null {
  return MAGICS.find(({ magic }) => beginsWith(head, magic))?.compression ?? null;
}

/** What a file that cannot be read is, and the command that makes it readable; null for any other. */
export function unreadableKind(head: Uint8Array): { readonly what: string; readonly first: string } | null {
  return OTHERS.find(({ magic }) => beginsWith(head, magic)) ?? null;
}

/** The bytes inside. What is read of damaged data comes before the error. */
export function decompress(compression: Compression, input: Readable): AsyncIterable<Uint8Array> {
  if (compression === 'gzip') {
    const gunzip = createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES });
    input.on('error', (error) => gunzip.destroy(error));
    return input.pipe(gunzip) as AsyncIterable<Uint8Array>;
  }
  return new xz.XzReadableStream(pulled(input) as ConstructorParameters<typeof xz.XzReadableStream>[0]);
}

/** As `Readable.toWeb`, which on Node 20 throws past everybody when the reader stops early. */
function pulled(input: Readable): ReadableStream<Uint8Array> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

/** A damage of compressed data in words; null when the error is none. */
export function describeDamagedData(error: unknown): string | null {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR' || /unexpected end|failed with error code 8$/i.test(message)) return CUT;
  if (code.startsWith('Z_')) return `damaged gzip data (${message})`;
  return /failed with error code \d+$/.test(message) ? 'damaged xz data' : null;
}

/** What is said of data that ends before its end. */
export const CUT = 'it ends in the middle';

function beginsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => head[i] === byte);
}
