import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { findCaptures } from '../../src/capture/find.ts';
import { importCaptures } from '../../src/ingest/import.ts';
import { tablesOf } from '../../src/ingest/load-sources.ts';
import { Readers } from '../../src/ingest/readers.ts';
import type { Source } from '../../src/sources/source.ts';
import { CaseFile } from '../../src/store/case-file.ts';
import { manifestText, writeArchive } from '../support/archives.ts';
import { processorMs } from '../support/processor-time.ts';
import type { SourceText } from './source-text.ts';

const FIRST_MS = Date.UTC(2026, 10, 22, 12);
const INTERVAL_MS = 5000;
const MOST_REJECTS = 0.01;

/** A tarball of samples, each with the one member in it; without a text, of samples with nothing in them. */
export interface Tarball {
  readonly path: string;
  readonly text: SourceText | null;
  readonly samples: number;
}

/** What one import took. */
export interface Timing {
  readonly processorMs: number;
  readonly clockMs: number;
  readonly rows: number;
}

export async function makeTarball(
  folder: string,
  name: string,
  text: SourceText | null,
  samples: number,
): Promise<Tarball> {
  const entries = Array.from({ length: samples }, (_, sample) => {
    const inside = `lastack-bench1-${sample}`;
    const manifest = { name: `${inside}/manifest.tsv`, body: sampleManifest(text, sample) };
    return text === null ? [manifest] : [manifest, { name: `${inside}/${text.member}`, body: text.bytes }];
  });
  const path = await writeArchive(join(folder, `${name}.tar.gz`), entries.flat());
  return { path, text, samples };
}

/** Imports the tarball into a new case. Throws where much of it could not be read. */
export async function timeImport(sources: readonly Source[], { path, text, samples }: Tarball): Promise<Timing> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-case-'));
  try {
    const started = performance.now();
    const startedMs = processorMs();
    const file = await CaseFile.openOrCreate(join(folder, 'bench.duckdb'), {
      tables: tablesOf(sources),
      lastackVersion: 'bench',
    });
    const result = await importCaptures(file, sources, await findCaptures([path]), new Readers(1), {
      run: null,
      logFormat: text?.context.logFormat ?? undefined,
    });
    file.close();
    const timing = { processorMs: processorMs() - startedMs, clockMs: performance.now() - started, rows: result.rows };
    if (result.samples !== samples) throw new Error(`${path}: ${result.samples} of ${samples} samples were read`);
    if (result.rejects > result.lines * MOST_REJECTS)
      throw new Error(`${path}: ${result.rejects} rejects of ${result.lines} lines`);
    return timing;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Processor time of inflating the whole tarball at once. */
export function timeGunzip({ path }: Tarball): number {
  const packed = readFileSync(path);
  const started = processorMs();
  gunzipSync(packed);
  return processorMs() - started;
}

function sampleManifest(text: SourceText | null, sample: number): string {
  const ms = FIRST_MS + sample * INTERVAL_MS;
  const keys = { host: 'bench1', epoch_ms: String(ms), uptime_s: String(900_000 + (sample * INTERVAL_MS) / 1000) };
  if (text === null) return manifestText([], keys);
  const { member, bytes } = text;
  const place = `path=/var/log/${member}+inode=1+offset=${sample * bytes.length}`;
  return manifestText([`probe ${member} collected${member.startsWith('logs/') ? ` ${place}` : ''}`], keys);
}
