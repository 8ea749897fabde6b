import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNoRoom, noRoom, ServerError } from '../server-error.ts';
import type { ServerLimits } from '../settings.ts';

/** A file that arrived as a whole and lasts, under a name that means nothing. */
export interface Received {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

const SLOW_AFTER_MS = 30_000;

/** Writes a stream to a file of its own in `folder`, hashed on the way. Throws a ServerError and leaves nothing when it cannot. */
export async function receiveFile(
  stream: NodeJS.ReadableStream,
  folder: string,
  limits: ServerLimits,
  expectedBytes: number | null,
): Promise<Received> {
  await checkRoom(folder, limits, expectedBytes);
  const path = join(folder, randomUUID());
  const meter = new Meter(limits);
  try {
    await pipeline(stream, meter, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    if (expectedBytes !== null && meter.bytes !== expectedBytes)
      throw new ServerError(400, `${meter.bytes} of ${expectedBytes} bytes arrived`);
    return { path, sha256: meter.sha256(), bytes: meter.bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw isNoRoom(error) ? noRoom(error) : error;
  } finally {
    meter.stop();
  }
}

/** A file that arrived in pieces: makes it last, and hashes it. */
export async function receivedInPieces(path: string): Promise<Received> {
  const handle = await open(path, 'r');
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await handle.datasync();
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
    }
  } finally {
    await handle.close();
  }
  return { path, sha256: hash.digest('hex'), bytes };
}

/** Throws a ServerError where a file of so many bytes is not taken. */
export async function checkRoom(folder: string, limits: ServerLimits, bytes: number | null): Promise<void> {
  if (bytes !== null && bytes > limits.fileBytes) throw tooLarge(limits);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < limits.spareBytes + (bytes ?? 0)) throw noRoom();
}

function tooLarge({ fileBytes }: ServerLimits): ServerError {
  return new ServerError(413, `the file is larger than ${fileBytes} bytes, the most this server takes (--max-file)`);
}

/** Counts and hashes what passes; ends a stream that is too long or too slow. */
export class Meter extends Transform {
  bytes = 0;
  readonly #hash = createHash('sha256');
  readonly #limits: ServerLimits;
  readonly #timer: NodeJS.Timeout;
  #counted = 0;

  constructor(limits: ServerLimits) {
    super({ highWaterMark: 1 << 18 });
    this.#limits = limits;
    this.#timer = setInterval(() => this.#checkSpeed(), SLOW_AFTER_MS);
    this.#timer.unref();
  }

  override _transform(
    chunk: Uint8Array,
    _encoding: string,
    done: (error: Error | null, chunk?: Uint8Array) => void,
  ): void {
    this.bytes += chunk.length;
    if (this.bytes > this.#limits.fileBytes) {
      done(tooLarge(this.#limits));
      return;
    }
    this.#hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #checkSpeed(): void {
    const { bytesPerSecond } = this.#limits;
    if (this.bytes - this.#counted < (bytesPerSecond * SLOW_AFTER_MS) / 1000)
      this.destroy(new ServerError(408, `fewer than ${bytesPerSecond} bytes a second arrived; send it again`));
    this.#counted = this.bytes;
  }
}
