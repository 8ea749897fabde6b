import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerError } from '../server-error.ts';
import { dropAbandoned } from './abandoned.ts';
import { syncFolder } from './durable.ts';
import { isSlug, plainName, slugOf } from './names.ts';
import { ServedCase } from './served-case.ts';

/** How long a deleted case can be had back. */
export const KEPT_MS: number = 24 * 3600 * 1000;

/** The cases of a data folder: a folder each below `cases/`. */
export class Cases {
  readonly #folder: string;
  readonly #most: number;
  readonly #cases = new Map<string, ServedCase>();
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  /** Opens all cases; a folder with a case file that the command line made is one too. */
  static async open(dataFolder: string, most: number): Promise<Cases> {
    const folder = join(dataFolder, 'cases');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const cases = new Cases(folder, most);
    for (const slug of (await readdir(folder)).sort()) {
      const path = join(folder, slug);
      if (slug.startsWith('.')) await rm(path, { recursive: true, force: true });
      else if (isSlug(slug) && (existsSync(join(path, 'case.json')) || existsSync(join(path, 'case.duckdb'))))
        cases.#cases.set(slug, await ServedCase.open(path, slug, slug));
    }
    return cases;
  }

  /** Those that are not deleted, the newest first. */
  list(): readonly ServedCase[] {
    return this.#sorted().filter((served) => served.info.deleted === null);
  }

  /** Those that can be had back. */
  deleted(): readonly ServedCase[] {
    return this.#sorted().filter((served) => served.info.deleted !== null);
  }

  /** The case of that name in addresses. Throws a ServerError (404) where there is none. */
  get(slug: string): ServedCase {
    const served = this.#cases.get(slug);
    if (served === undefined)
      throw new ServerError(404, 'there is no case of this name; the list of cases shows those there are');
    if (served.info.deleted !== null)
      throw new ServerError(410, 'this case was deleted; it can be restored from the list of cases for a day');
    return served;
  }

  /** Makes a case. */
  create(name: string): Promise<ServedCase> {
    const plain = named(name);
    return this.#alone(async () => {
      if (this.#cases.size >= this.#most)
        throw new ServerError(
          409,
          `there are ${this.#most} cases, the most this server keeps (--max-cases); delete some`,
        );
      const slug = slugOf(plain, (taken) => this.#cases.has(taken));
      const served = await ServedCase.open(join(this.#folder, slug), slug, plain);
      await syncFolder(this.#folder);
      this.#cases.set(slug, served);
      return served;
    });
  }

  async rename(served: ServedCase, name: string): Promise<void> {
    await served.change({ name: named(name) });
  }

  async delete(served: ServedCase): Promise<void> {
    await served.change({ deleted: new Date().toISOString() });
  }

  /** Undoes a deletion. Throws a ServerError (404) when it is too late. */
  async restore(slug: string): Promise<ServedCase> {
    const served = this.#cases.get(slug);
    if (served === undefined) throw new ServerError(404, 'there is no such case any more');
    await served.change({ deleted: null });
    return served;
  }

  /** Removes cases that were deleted longer than a day before `now`, in milliseconds. */
  purge(now: number): Promise<void> {
    return this.#alone(async () => {
      for (const served of this.list()) await dropAbandoned(served.incoming, now, true);
      for (const served of this.deleted()) {
        if (Date.parse(served.info.deleted!) + KEPT_MS > now) continue;
        this.#cases.delete(served.slug);
        await served.close();
        const gone = join(this.#folder, `.gone-${served.slug}`);
        await served.lock.write(async () => {
          await rename(served.folder, gone);
          await rm(gone, { recursive: true, force: true });
        });
      }
    });
  }

  async close(): Promise<void> {
    await this.#changing;
    for (const served of this.#cases.values()) await served.close();
  }

  #sorted(): ServedCase[] {
    return [...this.#cases.values()].sort((a, b) => (a.info.created < b.info.created ? 1 : -1));
  }

  #alone<T>(body: () => Promise<T>): Promise<T> {
    const done = this.#changing.then(body);
    this.#changing = done.catch(() => undefined);
    return done;
  }
}

function named(name: string): string {
  const plain = plainName(name);
  if (plain === '') throw new ServerError(400, 'a case needs a name');
  return plain;
}
