import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** The repository, from the compiled test. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder for one test, gone afterwards. */
export async function tempFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lastack-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** One entry of an archive to be made: a file's text, or any header. */
export interface Entry {
  readonly name: string;
  readonly body?: string | Uint8Array;
  readonly header?: Partial<Header>;
}

/** Writes a .tar.gz with these entries in this order. */
export async function writeArchive(path: string, entries: readonly Entry[]): Promise<string> {
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(path));
  for (const { name, body, header } of entries)
    tar.entry({ name, ...header }, body === undefined ? '' : Buffer.from(body));
  tar.finalize();
  await written;
  return path;
}

/** The same entries as an uncompressed tar archive. */
export async function tarBytes(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, body, header } of entries)
    tar.entry({ name, ...header }, body === undefined ? '' : Buffer.from(body));
  tar.finalize();
  return buffer(tar);
}

/** One header block of a tar archive, of any type, with a right checksum. */
export function tarHeader(name: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A small manifest; `rows` are probe lines without their tabs: `probe member status`. */
export function manifestText(rows: readonly string[], keys: Readonly<Record<string, string>> = {}): string {
  const head = {
    manifest: '1',
    host: 'www1',
    epoch_ms: '1795387085081',
    boot_id: 'boot-1',
    uptime_s: '100.5',
    zone_offset: '+0000',
    ...keys,
  };
  const lines = Object.entries(head).map(([key, value]) => `# ${key}\t${value}`);
  lines.push('probe\tmember\tstatus\texit_code\tbytes\tstarted_ms\tended_ms\tnote');
  for (const row of rows) {
    const [probe, member, status, note = ''] = row.split(' ');
    lines.push(`${probe}\t${member}\t${status}\t0\t10\t1\t2\t${note.replaceAll('+', ' ')}`);
  }
  return `${lines.join('\n')}\n`;
}
