import { createWriteStream } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { Spool, SpooledMember } from './spool.ts';

/** Changes a member's bytes before they are written; null leaves them as they are. */
export type Amend = (member: SpooledMember) => ((bytes: Buffer) => Buffer) | null;

const MODE = 0o644;

/** Writes the members of a spool as a .tar.gz. Owners are nobody's, times are those of the members. */
export async function writeArchive(path: string, spool: Spool, amend: Amend): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(path, { flags: 'wx', mode: MODE }));
  const packed = packMembers(tar, spool, amend).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  await Promise.all([written, packed]);
}

async function packMembers(tar: Pack, spool: Spool, amend: Amend): Promise<void> {
  for (const member of spool.members) {
    const body = await amended(spool, member, amend);
    const size = Buffer.isBuffer(body) ? body.length : member.bytes;
    const header = { name: member.name, size, mode: MODE, mtime: member.modified ?? new Date(0) };
    await new Promise<void>((done, fail) => {
      const entry = tar.entry(header, (error) => (error ? fail(error) : done()));
      if (Buffer.isBuffer(body)) entry.end(body);
      else pipeline(body, entry).catch(fail);
    });
  }
  tar.finalize();
}

/** Writes the members of a spool as files below `folder`. */
export async function writeFolder(folder: string, spool: Spool, amend: Amend): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const member of spool.members) {
    const path = join(folder, member.name);
    await mkdir(dirname(path), { recursive: true });
    const body = await amended(spool, member, amend);
    await writeFile(path, body, { flag: 'wx', mode: MODE });
    if (member.modified !== null) await utimes(path, member.modified, member.modified);
  }
}

async function amended(spool: Spool, member: SpooledMember, amend: Amend): Promise<Buffer | Readable> {
  const change = amend(member);
  const body = await spool.read(member);
  if (change === null) return body;
  return change(Buffer.isBuffer(body) ? body : Buffer.concat(await Readable.from(body).toArray()));
}
