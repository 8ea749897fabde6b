import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeDurably } from './data/durable.ts';
import { checkRoom, Meter, receivedInPieces } from './data/receive.ts';
import type { ServedCase } from './data/served-case.ts';
import { isNoRoom, noRoom, ServerError } from './server-error.ts';
import type { ServerLimits } from './settings.ts';
import type { Accepted, Uploads } from './uploads.ts';

/** An upload that comes in pieces; how much of it is there is told by the size of its file. */
export interface Pieces {
  readonly bytes: number;
  readonly name: string;
  readonly run: string | null;
}

const ID = /^[0-9a-f-]{36}$/;

/** Uploads that go on after a dropped connection, a closed page or a restart; those that nobody ends are gone after a day. */
export class Resumable {
  readonly #limits: ServerLimits;
  readonly #uploads: Uploads;
  readonly #writing = new Set<string>();

  constructor(limits: ServerLimits, uploads: Uploads) {
    this.#limits = limits;
    this.#uploads = uploads;
  }

  /** Begins an upload; returns its id. */
  async begin(served: ServedCase, pieces: Pieces): Promise<string> {
    await checkRoom(served.incoming, this.#limits, pieces.bytes);
    const id = randomUUID();
    try {
      await writeFile(join(served.incoming, id), '', { flag: 'wx', mode: 0o600 });
      await writeDurably(infoPath(served, id), JSON.stringify(pieces));
      return id;
    } catch (error) {
      await this.#forget(served, id);
      throw isNoRoom(error) ? noRoom(error) : error;
    }
  }

  /** What is known of an upload, and how many bytes of it are there. Throws a ServerError (404). */
  async look(served: ServedCase, id: string): Promise<Pieces & { readonly offset: number }> {
    if (!ID.test(id) || !existsSync(infoPath(served, id)))
      throw new ServerError(404, 'there is no such upload; it was completed or forgotten, begin it anew');
    const pieces = JSON.parse(await readFile(infoPath(served, id), 'utf8')) as Pieces;
    return { ...pieces, offset: (await stat(join(served.incoming, id))).size };
  }

  /** Adds a piece at `offset`; with the last one the file becomes a capture. What arrived of a piece that broke off is kept. */
  async add(
    served: ServedCase,
    id: string,
    offset: number,
    stream: NodeJS.ReadableStream,
  ): Promise<{ readonly offset: number; readonly accepted: Accepted | null }> {
    if (this.#writing.has(id)) throw new ServerError(423, 'another piece of this upload is being received');
    this.#writing.add(id);
    try {
      const pieces = await this.look(served, id);
      if (offset !== pieces.offset)
        throw new ServerError(409, `the piece begins at ${offset}, expected ${pieces.offset}`);
      const path = join(served.incoming, id);
      const meter = new Meter({ ...this.#limits, fileBytes: pieces.bytes - offset });
      try {
        await pipeline(stream, meter, createWriteStream(path, { flags: 'r+', start: offset }));
      } finally {
        meter.stop();
      }
      const { size } = await stat(path);
      if (size < pieces.bytes) return { offset: size, accepted: null };
      const accepted = await this.#uploads.accept(served, await receivedInPieces(path), pieces.name, pieces.run);
      await rm(infoPath(served, id), { force: true });
      return { offset: size, accepted };
    } catch (error) {
      throw isNoRoom(error) ? noRoom(error) : error;
    } finally {
      this.#writing.delete(id);
    }
  }

  /** Ends an upload that is not wanted any more. */
  async end(served: ServedCase, id: string): Promise<void> {
    await this.look(served, id);
    await this.#forget(served, id);
  }

  async #forget(served: ServedCase, id: string): Promise<void> {
    for (const path of [infoPath(served, id), join(served.incoming, id)]) await rm(path, { force: true });
  }
}

function infoPath(served: ServedCase, id: string): string {
  return join(served.incoming, `${id}.json`);
}
