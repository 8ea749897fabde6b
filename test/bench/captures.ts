import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { accessLogText, LOG_FORMAT } from './access-log-text.ts';
import { conntrackText } from './conntrack-text.ts';
import { Random } from './random.ts';
import { socketText } from './socket-text.ts';

const FIRST_MS = Date.UTC(2026, 10, 22, 12);
const INTERVAL_S = 5;
const MEMBER_BYTES = 10_000_000;
const PER_SAMPLE = 3;
/** Raised when the text changes, so that no older captures are measured. */
const VERSION = 1;

/** Generated captures: a tarball a sample. */
export interface Captures {
  readonly folder: string;
  readonly tarballs: readonly string[];
  readonly packedBytes: number;
}

/** Captures of about `megabytes` MB of text; kept in the temporary folder, made once. */
export function makeCaptures(megabytes: number): Captures {
  const folder = join(tmpdir(), `lastack-bench-${VERSION}-${megabytes}`);
  const samples = Math.max(1, Math.round((megabytes * 1_000_000) / (MEMBER_BYTES * PER_SAMPLE)));
  const names = Array.from({ length: samples }, (_, i) => `lastack-bench1-${stamp(sampleMs(i))}`);
  if (!existsSync(folder)) {
    const unfinished = mkdtempSync(`${folder}-`);
    names.forEach((name, i) => makeSample(unfinished, name, i));
    renameSync(unfinished, folder);
  }
  const tarballs = names.map((name) => join(folder, `${name}.tar.gz`));
  const packedBytes = tarballs.reduce((sum, path) => sum + statSync(path).size, 0);
  return { folder, tarballs, packedBytes };
}

function sampleMs(sample: number): number {
  return FIRST_MS + sample * INTERVAL_S * 1000;
}

function stamp(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

function makeSample(folder: string, name: string, sample: number): void {
  const random = new Random(1 + sample);
  const inside = join(folder, name);
  const members: Record<string, Iterable<string>> = {
    'ss-tanoemi.txt': socketText(random, MEMBER_BYTES),
    'conntrack-L.txt': conntrackText(random, MEMBER_BYTES),
    'logs/access/access.log': accessLogText(random, MEMBER_BYTES, sampleMs(sample)),
    'apache-settings.txt': [
      `directive\t-\tLogFormat\t"${LOG_FORMAT.replaceAll('"', '\\"')}" timed\t/etc/apache2/apache2.conf:1\n`,
      'directive\t-\tCustomLog\t/var/log/apache2/access.log timed\t/etc/apache2/apache2.conf:2\n',
    ],
  };
  const sizes = Object.entries(members).map(
    ([member, pieces]) => [member, writeMember(join(inside, member), pieces)] as const,
  );
  writeFileSync(join(inside, 'manifest.tsv'), manifest(sample, sizes));
  execFileSync('tar', [
    '-czf',
    join(folder, `${name}.tar.gz`),
    '-C',
    folder,
    `${name}/manifest.tsv`,
    ...sizes.map(([member]) => `${name}/${member}`),
  ]);
  rmSync(inside, { recursive: true });
}

function writeMember(path: string, pieces: Iterable<string>): number {
  mkdirSync(dirname(path), { recursive: true });
  for (const piece of pieces) writeFileSync(path, piece, { flag: 'a' });
  return statSync(path).size;
}

function manifest(sample: number, sizes: readonly (readonly [string, number])[]): string {
  const ms = sampleMs(sample);
  const head: Record<string, string | number> = {
    manifest: 1,
    collector: 'lastack bench',
    host: 'bench1',
    session: 'bench',
    sequence: sample + 1,
    interval_s: INTERVAL_S,
    utc: new Date(ms).toISOString(),
    epoch_ms: ms,
    zone_offset: '+0000',
    zone_name: 'UTC',
    uptime_s: 900_000 + sample * INTERVAL_S,
    boot_id: '00000000-0000-4000-8000-000000000001',
    kernel: '6.1.0',
    cpus: 2,
    ended_ms: ms + 900,
  };
  const lines = Object.entries(head).map(([key, value]) => `# ${key}\t${value}`);
  lines.push('probe\tmember\tstatus\texit_code\tbytes\tstarted_ms\tended_ms\tnote');
  for (const [member, bytes] of sizes) {
    const note = member.startsWith('logs/')
      ? `path=/var/log/apache2/access.log inode=1 offset=${sample * 2 * bytes}`
      : '';
    lines.push(`${member.replace(/\.\w+$/, '')}\t${member}\tcollected\t0\t${bytes}\t${ms}\t${ms + 300}\t${note}`);
  }
  return `${lines.join('\n')}\n`;
}
