import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { CliError } from '../base/errors.ts';
import type { Limits } from './limits.ts';
import { checkEntryName, printable } from './member-name.ts';
import type { Visitor } from './visitor.ts';

const READ_CHUNK_BYTES = 256 * 1024;
/** Each chunk is a trip to another thread and a buffer of its own: small ones cost more than large ones. */
const GUNZIP_CHUNK_BYTES = 1024 * 1024;

/** Kinds of file we are handed by mistake, by their first bytes. */
const OTHER_FORMATS: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: 'a zip archive' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], name: 'xz-compressed' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'zstd-compressed' },
  { magic: [0x42, 0x5a, 0x68], name: 'bzip2-compressed' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7z archive' },
];

/** How the bytes of an archive file are packed. Throws a CliError (exit 3) that says what it is instead, without its name. */
export async function detectArchive(path: string): Promise<'tar' | 'tar.gz'> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, 512, 0);
    if (bytesRead === 0) throw new CliError('this file is empty; expected a .tar or .tar.gz capture', 3);
    if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
    if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
    const other = OTHER_FORMATS.find(({ magic }) => magic.every((byte, i) => head[i] === byte));
    const what = other?.name ?? 'no tar archive';
    throw new CliError(`this is ${what}; lastack reads .tar, .tar.gz and .tgz`, 3);
  } finally {
    await file.close();
  }
}

/**
 * Streams an archive's regular files to the visitor, in the order they lie in it. Nothing is written to disk.
 * Damage does not throw: what came before it has been visited, the rest is said by `visitor.damaged`.
 */
export async function readArchive(path: string, limits: Limits, visitor: Visitor): Promise<void> {
  const kind = await detectArchive(path);
  const tar = extract();
  const file = createReadStream(path, { highWaterMark: READ_CHUNK_BYTES });
  let compressed = 0;
  file.on('data', (chunk) => {
    compressed += chunk.length;
  });
  if (kind === 'tar') pipeline(file, tar, failSilently);
  else pipeline(file, createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES }), tar, failSilently);

  let entries = 0;
  let total = 0;
  try {
    for await (const entry of tar) {
      if (++entries > limits.entries) throw new LimitError(`more than ${limits.entries} entries`);
      const { name: raw, type } = entry.header;
      const name = checkEntryName(raw, limits.nameBytes);
      if ('refused' in name || (type !== 'file' && type !== 'contiguous-file')) {
        if (type !== 'directory')
          visitor.note(`entry "${printable(raw)}" not read: ${'refused' in name ? name.refused : type}`);
        for await (const chunk of entry as AsyncIterable<Uint8Array>) total += chunk.length;
        continue;
      }
      const sink = await visitor.member(name.path, entry.header.size ?? null);
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        total += chunk.length;
        if (total > limits.totalBytes) throw new LimitError(`more than ${limits.totalBytes} bytes after decompression`);
        if (total > limits.ratioFromBytes && total > compressed * limits.ratio) {
          throw new LimitError(`decompresses to more than ${limits.ratio} times its size`);
        }
        const wait = sink?.push(chunk);
        if (wait !== undefined) await wait;
      }
      await sink?.end();
    }
    if (entries === 0) visitor.damaged('no tar archive inside');
  } catch (error) {
    visitor.damaged(describeDamage(error));
  } finally {
    tar.destroy();
    file.destroy();
  }
}

/** `pipeline` destroys the tar stream with the error, and reading it throws: it is told there. */
function failSilently(): void {}

class LimitError extends Error {}

function describeDamage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof LimitError) return `refused: ${message}`;
  if (code === 'Z_BUF_ERROR' || /unexpected end/i.test(message)) return 'the archive is cut: it ends in the middle';
  if (code.startsWith('Z_')) return `damaged gzip data (${message})`;
  if (/header|checksum|invalid tar/i.test(message)) return 'holds no tar archive, or a damaged one';
  throw error;
}
