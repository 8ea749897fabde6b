import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../base/errors.ts';

const KEY_BYTES = 32;
const LINE = /^lastack-redaction-key 1 ([0-9a-f]{64})\s*$/;

/** What makes pseudonyms of one person's captures alike, and nobody else's. */
export class RedactionKey {
  readonly #secret: Buffer;

  /** `secret`: 32 bytes. */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** Tells whether two captures were redacted with the same key; says nothing of the key itself. */
  get id(): string {
    return this.derive('id').toString('hex').slice(0, 8);
  }

  /** 32 bytes for one purpose. */
  derive(purpose: string): Buffer {
    return createHmac('sha256', this.#secret).update(`lastack redact 1 ${purpose}`).digest();
  }
}

/** The key in the file at `path`; `open` tells that others on this machine may read it. Throws a CliError (exit 2). */
export async function readKey(path: string): Promise<{ readonly key: RedactionKey; readonly open: boolean }> {
  const text = await readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`cannot read the key ${path}: ${error.code === 'ENOENT' ? 'no such file' : error.code}`, 2);
  });
  const match = LINE.exec(text.slice(0, 200));
  if (match === null)
    throw new CliError(
      `${path} is no redaction key: expected one line "lastack-redaction-key 1 …"; a new path makes one`,
      2,
    );
  return { key: new RedactionKey(Buffer.from(match[1]!, 'hex')), open: ((await stat(path)).mode & 0o077) !== 0 };
}

/** As `readKey`; a file that does not exist is made, readable by its owner only. */
export async function readOrMakeKey(
  path: string,
): Promise<{ readonly key: RedactionKey; readonly open: boolean; readonly made: boolean }> {
  const secret = randomBytes(KEY_BYTES);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`lastack-redaction-key 1 ${secret.toString('hex')}\n`);
    } finally {
      await file.close();
    }
    return { key: new RedactionKey(secret), open: false, made: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return { ...(await readKey(path)), made: false };
    throw new CliError(`cannot make the key ${path}: ${code}`, 2, { cause: error });
  }
}
