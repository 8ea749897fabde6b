import { basename, dirname } from 'node:path/posix';
import { CliError } from '../base/errors.ts';
import { readArchive } from '../capture/archive.ts';
import { planBundle } from '../capture/bundles/plan-bundle.ts';
import { readFiles, readFolder } from '../capture/folder.ts';
import { InflateSink } from '../capture/inflate-sink.ts';
import { type Manifest, parseManifest } from '../capture/manifest.ts';
import { printable } from '../capture/member-name.ts';
import { TextSink } from '../capture/text-sink.ts';
import type { MemberSink, Visitor } from '../capture/visitor.ts';
import type { RowOrigin } from '../store/appender.ts';
import { CAPTURE_TABLE } from '../store/core-tables.ts';
import { BundleReader } from './bundle-reader.ts';
import { addCounts, CaptureReader } from './capture-reader.ts';
import { captureRow } from './capture-row.ts';
import { CONFIG_BYTES, CONFIG_SOURCE, ConfigFormats } from './config-formats.ts';
import { JobNotes } from './job-notes.ts';
import { type LogFormats, namedFormat, readLogFormats, unknownFormat } from './log-format.ts';
import type { MemberMatcher } from './member-matcher.ts';
import type { MemberReader } from './member-reader.ts';
import type { Job, JobResult } from './protocol.ts';
import type { SourceRecogniser } from './source-recogniser.ts';
import { Survey } from './survey.ts';
import type { BatchOutlet, TableBuilders } from './table-builders.ts';

const SETTINGS_MEMBER = 'apache-settings.txt';
const SETTINGS_BYTES = 4 * 2 ** 20;
const COMPRESSED = /\.(?:gz|xz|bz2|zst)$/i;
const NOTHING_KNOWN =
  'nothing in it is known; lastack reads its own captures, sosreports, pt-stalk collections, Apache logs, and outputs of ss, netstat, conntrack, dmesg and others (docs/foreign-bundles.md)';

/** Where an archive reader's results go. */
export interface Outlet extends BatchOutlet {
  formats(logFormats: LogFormats): void;
  /** A promise when the reader should wait for the store. */
  pause(): Promise<void> | undefined;
}

/** Thrown to start again when a member lies before its manifest. */
class MemberBeforeManifest extends Error {}

/** What a worker has for all its jobs: what tells sources, by the members of our own captures and by whatever others hold. */
export interface Known {
  readonly matcher: MemberMatcher;
  readonly recogniser: SourceRecogniser;
  readonly builders: TableBuilders;
}

/**
 * Reads one archive, folder or group of files. In our own captures each folder with a `manifest.tsv` in it is a sample, and
 * one pass will do; what others made is looked through first.
 */
export async function readJob(job: Job, known: Known, outlet: Outlet): Promise<JobResult> {
  try {
    if (job.capture.kind !== 'files') return await new ArchiveReader(job, known, outlet, new Map()).run();
  } catch (error) {
    if (error instanceof CliError) return unreadable(error.message);
    if (!(error instanceof MemberBeforeManifest)) throw error;
  }
  const survey = new Survey(job.limits, known.recogniser);
  await readAny(job, survey);
  if (survey.manifests.size > 0) return new ArchiveReader(job, known, outlet, survey.manifests).run();
  const plan = planBundle(survey.entries, known.recogniser);
  if (plan.samples.length === 0)
    return { ...unreadable(survey.damage ?? damageOf(survey) ?? NOTHING_KNOWN), notes: plan.notes };
  const formats = survey.configs.formats();
  const notes = [...plan.notes, ...survey.redaction];
  const reader = new BundleReader({ ...job, logFormats: formats }, { ...plan, notes }, known.recogniser, outlet);
  await readAny(job, reader);
  return reader.result();
}

/** What is wrong with the first file that cannot be decompressed. */
function damageOf({ entries }: Survey): string | null {
  const entry = entries.find(({ damage }) => damage !== null);
  return entry === undefined ? null : `"${printable(entry.path)}": ${entry.damage}`;
}

function unreadable(damage: string): JobResult {
  return { samples: 0, lines: 0, rows: 0, rejects: 0, rejectsBySource: new Map(), notes: [], damage };
}

class ArchiveReader implements Visitor {
  readonly #job: Job;
  readonly #known: Known;
  readonly #outlet: Outlet;
  readonly #manifests: ReadonlyMap<string, Manifest>;
  #logFormats: LogFormats;
  /** The collector said how logs are written. */
  #toldSettings = false;
  /** What the files say, where it did not; null without files. */
  #configs: ConfigFormats | null = null;
  #current: { readonly folder: string; readonly reader: CaptureReader } | null = null;
  readonly #done = new Set<string>();
  readonly #notes = new JobNotes();
  #damage: string | null = null;
  #samples = 0;
  readonly #totals = { lines: 0, rows: 0, rejects: 0, rejectsBySource: new Map<string, number>() };

  constructor(job: Job, known: Known, outlet: Outlet, manifests: ReadonlyMap<string, Manifest>) {
    this.#job = job;
    this.#known = known;
    this.#outlet = outlet;
    this.#manifests = manifests;
    this.#logFormats = job.logFormats;
  }

  async run(): Promise<JobResult> {
    await readAny(this.#job, this);
    this.#finish();
    const { logFormat } = this.#job;
    if (logFormat !== null && namedFormat(logFormat, this.#formats()) === null) {
      this.note(unknownFormat(logFormat));
    }
    if (this.#samples === 0 && this.#damage === null) this.#damage = NOTHING_KNOWN;
    const damage =
      this.#damage !== null && this.#samples > 0 ? `${this.#damage}; what came before is used` : this.#damage;
    return { samples: this.#samples, ...this.#totals, notes: this.#notes.list, damage };
  }

  member(path: string): Promise<MemberSink | null> {
    if (basename(path) === 'manifest.tsv') return Promise.resolve(this.#manifestSink(dirname(path)));
    const folder = this.#folderOf(path);
    if (folder === null) {
      if (this.#samples === 0 && this.#manifests.size === 0) throw new MemberBeforeManifest();
      this.note(`entry "${printable(path)}" not read: belongs to no sample`);
      return Promise.resolve(null);
    }
    const name = folder === '.' ? path : path.slice(folder.length + 1);
    const sink = this.#current!.reader.member(name);
    if (name === SETTINGS_MEMBER) return Promise.resolve(this.#settingsSink(sink));
    if (sink !== null && !this.#toldSettings && this.#known.matcher.match(name)?.id === CONFIG_SOURCE)
      return Promise.resolve(this.#configSink(sink, name));
    return Promise.resolve(sink !== null && COMPRESSED.test(name) ? this.#inflate(sink, name) : sink);
  }

  note(text: string): void {
    this.#notes.add(text);
  }

  damaged(text: string): void {
    this.#damage = text;
  }

  /** The open sample's folder when the path lies in it; opens the sample when its manifest is known beforehand. */
  #folderOf(path: string): string | null {
    const inside = (folder: string): boolean => folder === '.' || path.startsWith(`${folder}/`);
    if (this.#current !== null && inside(this.#current.folder)) return this.#current.folder;
    for (const [folder, manifest] of this.#manifests) {
      if (inside(folder) && !this.#done.has(folder)) {
        this.#start(folder, manifest);
        return folder;
      }
    }
    return null;
  }

  #manifestSink(folder: string): MemberSink | null {
    if (this.#manifests.has(folder)) return null;
    if (this.#done.has(folder) || this.#current?.folder === folder) {
      this.note(`a second manifest.tsv of "${printable(folder)}" was not read`);
      return null;
    }
    const { manifestBytes } = this.#job.limits;
    return new TextSink(manifestBytes, (text, whole) => {
      if (!whole) this.note(`manifest.tsv of "${printable(folder)}" was read up to ${manifestBytes} bytes`);
      try {
        this.#start(folder, parseManifest(text));
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        this.damaged(error.message);
      }
    });
  }

  #settingsSink(sink: MemberSink | null): MemberSink {
    return new TextSink(
      SETTINGS_BYTES,
      (text) => {
        const formats = readLogFormats(text);
        if (formats.size === 0) return;
        this.#toldSettings = true;
        this.#logFormats = formats;
        this.#outlet.formats(formats);
      },
      sink,
    );
  }

  /** Where the collector could not tell the settings, the files do. */
  #configSink(sink: MemberSink, name: string): MemberSink {
    this.#configs ??= new ConfigFormats();
    const configs = this.#configs;
    return new TextSink(CONFIG_BYTES, (text) => configs.add(name, text), sink);
  }

  #formats(): LogFormats {
    return this.#toldSettings || this.#configs === null ? this.#logFormats : this.#configs.formats();
  }

  #inflate(sink: MemberReader, name: string): MemberSink {
    const onDamage = (what: string): void => {
      this.note(`member "${printable(name)}": ${what}`);
      sink.cutOff();
    };
    return new InflateSink(sink, { limits: this.#job.limits, onDamage });
  }

  #start(folder: string, manifest: Manifest): void {
    this.#finish();
    const { firstId, moreIds } = this.#job;
    const captureId = this.#samples === 0 ? firstId : moreIds + this.#samples - 1;
    this.#samples++;
    for (const note of manifest.redaction) this.#notes.addOnce(note);
    const origin: RowOrigin = { captureId, host: manifest.host, tsUs: manifest.tsUs };
    const { builders } = this.#known;
    builders.begin(origin);
    const row = builders.of(CAPTURE_TABLE);
    captureRow(row, manifest, this.#job, folder);
    row.flush();
    this.#current = {
      folder,
      reader: new CaptureReader(
        manifest,
        this.#known.matcher,
        () => this.#formats(),
        this.#job.logFormat,
        (table) => builders.of(table),
        () => this.#outlet.pause(),
      ),
    };
  }

  #finish(): void {
    if (this.#current === null) return;
    const counts = this.#current.reader.finish(this.#damage);
    this.#totals.lines += counts.lines;
    this.#totals.rows += counts.rows;
    this.#totals.rejects += counts.rejects;
    addCounts(this.#totals.rejectsBySource, counts.rejectsBySource);
    this.#done.add(this.#current.folder);
    this.#current = null;
  }
}

async function readAny({ capture, limits }: Job, visitor: Visitor): Promise<void> {
  if (capture.kind === 'files') await readFiles(capture.path, capture.files, limits, visitor);
  else if (capture.kind === 'folder') await readFolder(capture.path, limits, visitor);
  else await readArchive(capture.path, limits, visitor);
}
