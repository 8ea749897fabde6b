import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CliError } from '../base/errors.ts';
import { KINDS, type Kind } from './pseudonyms.ts';

const HEAD = 'lastack-redaction-map 1';
/** Pairs that are remembered so as not to be written twice. */
const REMEMBERED = 1_000_000;
const LONGEST = 100_000;

/** What stands behind each pseudonym, in a file of its own that stays at home: `kind`, pseudonym, original, by tabs. */
export class PairMap {
  readonly #path: string;
  readonly #partial: string;
  readonly #known = new Set<string>();
  readonly #out: WriteStream;

  private constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.${process.pid}.partial`;
    this.#out = createWriteStream(this.#partial, { flags: 'wx', mode: 0o600 });
  }

  /** Opens the map at `path`, with the pairs that are in it already. Throws a CliError (exit 2). */
  static async open(path: string): Promise<PairMap> {
    const map = new PairMap(path);
    try {
      await once(map.#out, 'open');
      map.#out.write(`${HEAD}\n`);
      if ((await stat(path).catch(() => null)) !== null)
        for await (const [kind, pseudonym, original] of readPairs(path)) map.add(kind, pseudonym, original);
      return map;
    } catch (error) {
      await map.discard();
      if (error instanceof CliError) throw error;
      throw new CliError(`cannot write the map ${path}: ${(error as NodeJS.ErrnoException).code}`, 2, { cause: error });
    }
  }

  add(kind: Kind, pseudonym: string, original: string): void {
    const key = `${kind}\t${pseudonym}`;
    if (this.#known.has(key)) return;
    if (this.#known.size < REMEMBERED) this.#known.add(key);
    this.#out.write(`${key}\t${JSON.stringify(original)}\n`, 'latin1');
  }

  /** Puts the map in its place, whole. */
  async keep(): Promise<void> {
    this.#out.end();
    await once(this.#out, 'close');
    await rename(this.#partial, this.#path);
  }

  async discard(): Promise<void> {
    this.#out.destroy();
    await rm(this.#partial, { force: true });
  }
}

/** The pairs of a map file. Throws a CliError (exit 2) where it is none. */
export async function* readPairs(path: string): AsyncGenerator<readonly [Kind, string, string]> {
  const input = createReadStream(path, 'latin1');
  const opened = once(input, 'open').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`cannot read the map ${path}: ${error.code === 'ENOENT' ? 'no such file' : error.code}`, 2);
  });
  await opened;
  let isFirst = true;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (isFirst && line !== HEAD)
      throw new CliError(`${path} is no map of redactions: expected "${HEAD}" in its first line`, 2);
    const [kind, pseudonym, original] = line.split('\t');
    if (!isFirst && isKind(kind) && pseudonym !== undefined && original !== undefined && line.length < LONGEST)
      yield [kind, pseudonym, unquoted(original)];
    isFirst = false;
  }
}

function isKind(text: string | undefined): text is Kind {
  return KINDS.includes(text as Kind);
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
