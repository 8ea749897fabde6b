import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';

const BUFFER_BYTES = 1024 * 1024;

/** A member as it will be written: its name, and where its bytes lie in the spool. */
export interface SpooledMember {
  readonly name: string;
  readonly modified: Date | null;
  readonly start: number;
  readonly bytes: number;
}

/**
 * Keeps the members of one capture in a file until all is known that the first of them has to say. A tar archive wants the size
 * of a member before its bytes, and a manifest what was replaced behind it.
 */
export class Spool {
  readonly members: SpooledMember[] = [];
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #buffer: Buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #buffered = 0;
  #written = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** A spool in a file that does not exist yet. */
  static async open(path: string): Promise<Spool> {
    return new Spool(path, await open(path, 'wx+', 0o600));
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#written + this.#buffered;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#buffered + bytes.length > BUFFER_BYTES) await this.#flush();
    if (bytes.length > BUFFER_BYTES) {
      await writeAll(this.#file, bytes, this.#written);
      this.#written += bytes.length;
      return;
    }
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered += bytes.length;
  }

  /** The bytes of a member, as a stream. */
  async read({ start, bytes }: SpooledMember): Promise<Readable | Buffer> {
    await this.#flush();
    if (bytes > BUFFER_BYTES)
      return this.#file.createReadStream({ start, end: start + bytes - 1, autoClose: false, highWaterMark: 1 << 18 });
    const buffer = Buffer.alloc(bytes);
    let at = 0;
    while (at < bytes) {
      const { bytesRead } = await this.#file.read(buffer, at, bytes - at, start + at);
      if (bytesRead === 0) throw new Error('the spool is shorter than what was written to it');
      at += bytesRead;
    }
    return buffer;
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #flush(): Promise<void> {
    await writeAll(this.#file, this.#buffer.subarray(0, this.#buffered), this.#written);
    this.#written += this.#buffered;
    this.#buffered = 0;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}
