import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './durable.ts';

/**
 * A file to which records are added, one JSON a line. A record that was added is there after a crash; one that was cut by
 * it, or by a full disk, is gone as a whole.
 */
export class Journal<T> {
  readonly #handle: FileHandle;
  #bytes: number;
  #last: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle, bytes: number) {
    this.#handle = handle;
    this.#bytes = bytes;
  }

  /** Opens a journal, made where there is none, with the records it holds; a torn end is cut off. */
  static async open<T>(path: string): Promise<{ journal: Journal<T>; records: readonly T[] }> {
    const handle = await open(path, 'a+', 0o600);
    const text = await handle.readFile('utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const records = whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
    const bytes = Buffer.byteLength(whole);
    if (whole.length < text.length) await handle.truncate(bytes);
    if (text === '') await syncFolder(dirname(path));
    return { journal: new Journal<T>(handle, bytes), records };
  }

  /** Adds records, one after the other, and waits until they last. */
  append(...records: readonly T[]): Promise<void> {
    const added = this.#last.then(() => this.#write(records.map((record) => `${JSON.stringify(record)}\n`).join('')));
    this.#last = added.catch(() => undefined);
    return added;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#handle.close();
  }

  async #write(text: string): Promise<void> {
    try {
      await this.#handle.appendFile(text);
      await this.#handle.datasync();
      this.#bytes += Buffer.byteLength(text);
    } catch (error) {
      await this.#handle.truncate(this.#bytes);
      throw error;
    }
  }
}
