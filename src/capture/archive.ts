import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { type Extract, extract } from 'tar-stream';
import { CliError } from '../base/errors.ts';
import { ByteBudget, LimitError } from './byte-budget.ts';
import {
  type Compression,
  CUT,
  compressionOf,
  decompress,
  describeDamagedData,
  unreadableKind,
} from './compression.ts';
import { gunzipFile } from './gunzip.ts';
import type { Limits } from './limits.ts';
import { checkEntryName } from './member-name.ts';
import { Refusals } from './refusals.ts';
import { type EntryHeader, HeaderWatch, whyNoFile } from './tar-entries.ts';
import type { Visitor } from './visitor.ts';

const READ_CHUNK_BYTES = 256 * 1024;
const ARCHIVES = '.tar, .tar.gz, .tgz and .tar.xz';

/** How the bytes of an archive file are packed. Throws a CliError (exit 3) that says what it is instead, without its name. */
async function detectArchive(path: string): Promise<Compression | 'none'> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, 512, 0);
    if (bytesRead === 0) throw new CliError('this file is empty; expected a .tar or .tar.gz capture', 3);
    const compression = compressionOf(head);
    if (compression !== null) return compression;
    if (isTarHeader(head) || (bytesRead === 512 && head.every((byte) => byte === 0))) return 'none';
    const other = unreadableKind(head);
    const advice = other === null ? '' : `; run ${other.first} first`;
    throw new CliError(`this is ${other?.what ?? 'no tar archive'}; lastack reads ${ARCHIVES}${advice}`, 3);
  } finally {
    await file.close();
  }
}

/** Whether a file that begins with these bytes is a tar archive. */
export function isTarHeader(head: Buffer): boolean {
  return head.toString('latin1', 257, 262) === 'ustar';
}

/**
 * Streams an archive's regular files to the visitor, in the order they lie in it. Nothing is written to disk.
 * Damage does not throw: what came before it has been visited, the rest is said by `visitor.damaged`.
 */
export async function readArchive(path: string, limits: Limits, visitor: Visitor): Promise<void> {
  const kind = await detectArchive(path);
  const budget = new ByteBudget(limits);
  const bytes =
    kind === 'gzip' ? gunzipFile(path, budget) : kind === 'xz' ? xzFile(path, budget) : plainFile(path, budget);
  await new TarReader(limits, visitor).read(bytes);
}

class TarReader {
  readonly #limits: Limits;
  readonly #visitor: Visitor;
  readonly #headers: HeaderWatch;
  readonly #refusals: Refusals;
  /** Why the bytes stopped coming, where they did not end by themselves. */
  #broken: Error | null = null;
  #entries = 0;

  constructor(limits: Limits, visitor: Visitor) {
    this.#limits = limits;
    this.#visitor = visitor;
    this.#headers = new HeaderWatch(limits);
    this.#refusals = new Refusals((text) => visitor.note(text));
  }

  async read(bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const tar = extract();
    const source = Readable.from(this.#watched(bytes), { highWaterMark: 1 });
    pipeline(source, tar, failSilently);
    try {
      await this.#readEntries(tar);
      if (this.#entries === 0 && this.#broken === null) this.#visitor.damaged('an empty archive: nothing is in it');
      if (this.#broken !== null) throw this.#broken;
    } catch (error) {
      this.#visitor.damaged(describeDamage(this.#broken ?? error, this.#entries));
    } finally {
      this.#refusals.finish();
      tar.destroy();
      source.destroy();
    }
  }

  async #readEntries(tar: Extract): Promise<void> {
    for await (const entry of tar) {
      if (++this.#entries > this.#limits.entries) throw new LimitError(`more than ${this.#limits.entries} entries`);
      const header = entry.header as EntryHeader;
      this.#headers.entry(header);
      const name = checkEntryName(header.name, this.#limits.nameBytes);
      const refused = 'refused' in name ? name.refused : whyNoFile(header);
      if (refused !== null && header.type !== 'directory') this.#refusals.add(header.name, refused);
      const sink =
        refused === null && 'path' in name
          ? await this.#visitor.member(name.path, header.size ?? null, header.mtime ?? null)
          : null;
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        const wait = sink?.push(chunk);
        if (wait !== undefined) await wait;
      }
      await sink?.end();
    }
  }

  /** Ends where the bytes break off, instead of failing: a tar reader that fails drops what it still holds. */
  async *#watched(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of bytes) {
        this.#headers.arrived(chunk.length);
        yield chunk;
      }
    } catch (error) {
      this.#broken = error instanceof Error ? error : new Error(String(error));
    }
  }
}

async function* plainFile(path: string, budget: ByteBudget): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: READ_CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    budget.addPacked(chunk.length);
    budget.addUnpacked(chunk.length);
    yield chunk;
  }
}

async function* xzFile(path: string, budget: ByteBudget): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: READ_CHUNK_BYTES });
  file.on('data', (chunk) => budget.addPacked(chunk.length));
  for await (const chunk of decompress('xz', file)) {
    budget.addUnpacked(chunk.length);
    yield chunk;
  }
}

/** `pipeline` destroys the tar stream with the error, and reading it throws: it is told there. */
function failSilently(): void {}

function describeDamage(error: unknown, entries: number): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof LimitError) return `refused: ${message}`;
  const damage = describeDamagedData(error);
  if (damage !== null) return damage === CUT ? `the archive is cut: ${CUT}` : damage;
  if (/exceeds max size/.test(message)) return 'refused: an entry with a header of more than 4 MB';
  if (/header|checksum|invalid tar/i.test(message))
    return entries === 0 ? 'holds no tar archive, or a damaged one' : `damaged tar header after ${counted(entries)}`;
  if (/^E[A-Z]+$/.test(code)) return `could not be read to its end (${code})`;
  throw error;
}

function counted(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}
