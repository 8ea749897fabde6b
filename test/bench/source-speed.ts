import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '../../src/sources/source.ts';
import { median } from './median.ts';
import { parserSpeed } from './parse-text.ts';
import { makeTarball, type Tarball, type Timing, timeGunzip, timeImport } from './source-import.ts';
import { type SourceText, sourceText } from './source-text.ts';

const TOTAL_BYTES = 40_000_000;
const MOST_SAMPLES = 1000;
const LEAST_SAMPLES = 4;
/** A member of less costs more to open than to read, whatever is in it. */
const SMALL_BYTES = 4096;
/** No source should be slower than a fifth of the fastest. */
const GOAL = 5;
/** A member with nothing in it: what it costs to open one at all. */
const NOTHING: SourceText = { member: 'proc-loadavg.txt', bytes: Buffer.from('\n'), context: {} };

interface Speed {
  readonly source: string;
  readonly bytes: number;
  /** By processor time, of all threads: MB/s of the parser alone, and of what the members add to an import. */
  readonly parser: number;
  readonly import: number;
  /** MB/s of the whole import by the clock, from no case file to a closed one. */
  readonly clock: number;
  readonly rows: number;
  /** Times as long as gunzip takes for the same tarball. */
  readonly gunzips: number;
  readonly memberUs: number;
}

/** Prints how fast each source is imported: samples with one member each, less what samples with none take. */
export async function printSourceSpeeds(sources: readonly Source[], runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-'));
  try {
    const bench = new SourceBench(sources, folder);
    await bench.prepare();
    for (let run = 0; run < runs; run++) await bench.run();
    const speeds = sources.map((source) => bench.speed(source)).toSorted((a, b) => b.import - a.import);
    print(speeds, bench.costUs());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Times tarballs in turn, run by run, so that what else the machine does falls on all of them. */
class SourceBench {
  readonly #sources: readonly Source[];
  readonly #folder: string;
  readonly #tarballs = new Map<string, Tarball>();
  readonly #timings = new Map<string, (Timing & { readonly gunzipMs: number })[]>();

  constructor(sources: readonly Source[], folder: string) {
    this.#sources = sources;
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    for (const source of this.#sources) {
      const text = sourceText(source);
      const samples = Math.ceil(TOTAL_BYTES / text.bytes.length);
      await this.#make(source.id, text, Math.max(LEAST_SAMPLES, Math.min(samples, MOST_SAMPLES)));
    }
    await this.#make('few samples', null, LEAST_SAMPLES);
    await this.#make('many samples', null, MOST_SAMPLES);
    await this.#make('nothing', NOTHING, MOST_SAMPLES);
    // The first import compiles what all of them use.
    await timeImport(this.#sources, this.#tarballs.get('nothing')!);
  }

  async run(): Promise<void> {
    for (const [name, tarball] of this.#tarballs) {
      const timing = await timeImport(this.#sources, tarball);
      this.#timings.get(name)!.push({ ...timing, gunzipMs: timeGunzip(tarball) });
    }
  }

  speed(source: Source): Speed {
    const { text, samples } = this.#tarballs.get(source.id)!;
    const { bytes } = text!;
    const net = this.#netMs(source.id);
    const { rows } = this.#timings.get(source.id)![0]!;
    if (rows < samples) throw new Error(`${source.id}: ${rows} rows of ${samples} members`);
    const kilobytes = (bytes.length * samples) / 1000;
    return {
      source: source.id,
      bytes: bytes.length,
      parser: parserSpeed(source, text!),
      import: kilobytes / net,
      clock: kilobytes / this.#median(source.id, 'clockMs'),
      rows: rows / (net / 1000),
      gunzips: net / this.#median(source.id, 'gunzipMs'),
      memberUs: (net * 1000) / samples,
    };
  }

  /** Microseconds of a sample without members, and of a member without lines. */
  costUs(): { readonly sample: number; readonly member: number } {
    const perSample = this.#bareMs(MOST_SAMPLES) - this.#bareMs(0);
    return {
      sample: (perSample * 1000) / MOST_SAMPLES,
      member: (this.#netMs('nothing') * 1000) / MOST_SAMPLES,
    };
  }

  async #make(name: string, text: SourceText | null, samples: number): Promise<void> {
    this.#tarballs.set(name, await makeTarball(this.#folder, name.replaceAll(' ', '-'), text, samples));
    this.#timings.set(name, []);
  }

  /** What the members add to samples without any. */
  #netMs(name: string): number {
    return Math.max(1, this.#median(name, 'processorMs') - this.#bareMs(this.#tarballs.get(name)!.samples));
  }

  #bareMs(samples: number): number {
    const few = this.#median('few samples', 'processorMs');
    const each = (this.#median('many samples', 'processorMs') - few) / (MOST_SAMPLES - LEAST_SAMPLES);
    return few + each * (samples - LEAST_SAMPLES);
  }

  #median(name: string, clock: 'processorMs' | 'clockMs' | 'gunzipMs'): number {
    return median(this.#timings.get(name)!.map((timing) => timing[clock]));
  }
}

function print(speeds: readonly Speed[], cost: { readonly sample: number; readonly member: number }): void {
  console.log('\nimport of one source at a time into a new case, by processor time of all threads');
  console.log(
    `  ${'source'.padEnd(20)} bytes of a member    MB/s  by clock     rows/s  in gunzips  µs a member  parser alone, MB/s`,
  );
  for (const speed of speeds) {
    const cells = [
      speed.bytes.toLocaleString('en').padStart(17),
      speed.import.toFixed(1).padStart(7),
      speed.clock.toFixed(1).padStart(9),
      `${(speed.rows / 1000).toFixed(0)} k`.padStart(10),
      speed.gunzips.toFixed(1).padStart(11),
      speed.memberUs.toFixed(0).padStart(12),
      speed.parser.toFixed(0).padStart(19),
    ];
    console.log(`  ${speed.source.padEnd(20)} ${cells.join(' ')}`);
  }
  console.log(
    `a sample without members costs ${cost.sample.toFixed(0)} µs, a member without lines ${cost.member.toFixed(0)} µs more:` +
      ` members under ${SMALL_BYTES} bytes are judged by the member, the others by the byte`,
  );
  const large = speeds.filter(({ bytes }) => bytes >= SMALL_BYTES);
  judge(
    'MB/s of the import',
    large.map(({ source, import: speed }) => ({ source, speed })),
  );
  judge(
    'members a second',
    speeds
      .filter(({ bytes }) => bytes < SMALL_BYTES)
      .map(({ source, memberUs }) => ({ source, speed: 1e6 / memberUs })),
  );
}

function judge(what: string, speeds: readonly { readonly source: string; readonly speed: number }[]): void {
  const sorted = speeds.toSorted((a, b) => b.speed - a.speed);
  const [fastest, slowest] = [sorted[0], sorted.at(-1)];
  if (fastest === undefined || slowest === undefined) return;
  const missed = sorted.filter(({ speed }) => speed * GOAL < fastest.speed).map(({ source }) => source);
  const ratio = (fastest.speed / slowest.speed).toFixed(1);
  console.log(
    `${what}: slowest (${slowest.source}) to fastest (${fastest.source}) 1 to ${ratio};` +
      ` under a fifth: ${missed.length === 0 ? 'none' : missed.join(', ')}`,
  );
}
