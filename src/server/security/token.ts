import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../data/durable.ts';

interface StoredToken {
  /** SHA-256 of the token, hexadecimal; the token itself is kept nowhere. */
  readonly sha256: string;
  /** What sessions are signed with, hexadecimal. */
  readonly sessionKey: string;
}

const SESSION_MS = 30 * 24 * 3600 * 1000;

/** The token visitors must know, and the sessions of browsers that showed it. */
export class Token {
  readonly #stored: StoredToken;

  private constructor(stored: StoredToken) {
    this.#stored = stored;
  }

  /** Reads the token of a data folder, or makes one: `made` is it, to be told once. */
  static async open(dataFolder: string, makeNew: boolean): Promise<{ token: Token; made: string | null }> {
    const path = join(dataFolder, 'token.json');
    if (!makeNew && existsSync(path))
      return { token: new Token(JSON.parse(await readFile(path, 'utf8')) as StoredToken), made: null };
    const made = randomBytes(32).toString('base64url');
    const stored = { sha256: sha256(made).toString('hex'), sessionKey: randomBytes(32).toString('hex') };
    await writeDurably(path, `${JSON.stringify(stored)}\n`);
    return { token: new Token(stored), made };
  }

  /** Whether this is the token; takes the same time whatever it is. */
  matches(candidate: string): boolean {
    return timingSafeEqual(sha256(candidate), Buffer.from(this.#stored.sha256, 'hex'));
  }

  /** A session that begins at `now`, milliseconds since 1970: what the cookie holds. */
  session(now: number): string {
    const until = String(now + SESSION_MS);
    return `${until}.${this.#sign(until)}`;
  }

  /** Whether the cookie was made by `session` and is not over. */
  isSession(cookie: string, now: number): boolean {
    const [until = '', signature = ''] = cookie.split('.');
    const isOurs = timingSafeEqual(sha256(signature), sha256(this.#sign(until)));
    return isOurs && Number(until) > now;
  }

  #sign(text: string): string {
    return createHmac('sha256', Buffer.from(this.#stored.sessionKey, 'hex')).update(text).digest('base64url');
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
