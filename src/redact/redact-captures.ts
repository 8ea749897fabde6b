import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CliError } from '../base/errors.ts';
import { readArchive } from '../capture/archive.ts';
import { type CapturePath, captureName } from '../capture/find.ts';
import { readFiles, readFolder } from '../capture/folder.ts';
import type { Limits } from '../capture/limits.ts';
import { printable } from '../capture/member-name.ts';
import { REDACTION_MEMBER } from '../capture/redaction.ts';
import type { Visitor } from '../capture/visitor.ts';
import { CaptureRedactor, type Redaction } from './capture-redactor.ts';
import { HostNames } from './host-names.ts';
import { LearnedNames } from './learned-names.ts';
import { type Counts, noCounts } from './line-writer.ts';
import { NameLearner } from './name-learner.ts';
import { KINDS, type OnPair, Pseudonyms } from './pseudonyms.ts';
import type { RedactionKey } from './redaction-key.ts';
import { Spool } from './spool.ts';
import { type Statement, statedManifest, statementText } from './statement.ts';
import { type Amend, writeArchive, writeFolder } from './write-capture.ts';

export interface RedactOptions {
  readonly key: RedactionKey;
  readonly limits: Limits;
  /** Of lastack, for the statement. */
  readonly version: string;
  readonly onPair: OnPair;
  /** `part` of the work is done, 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** What a run did. */
export interface RedactResult {
  readonly captures: number;
  readonly counts: Counts;
  /** What was left out or could not be read, each with its capture. */
  readonly notes: readonly string[];
  /** Names that are words of the tools, replaced only where they stand as names. */
  readonly ambiguous: readonly string[];
}

/**
 * Writes the captures, redacted, into a new folder: all of them or nothing. Goes twice through them, first to learn the names.
 * Throws a CliError: exit 2 where the folder is not new or empty, exit 3 where nothing could be read.
 */
export async function redactCaptures(
  captures: readonly CapturePath[],
  output: string,
  options: RedactOptions,
): Promise<RedactResult> {
  const target = resolve(output);
  const listed = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CliError(`cannot write to ${output}: ${error.code === 'ENOTDIR' ? 'it is no folder' : error.code}`, 2);
  });
  if (listed !== null && listed.length > 0)
    throw new CliError(`${output} is not empty: expected a new or an empty folder`, 2);
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  try {
    await mkdir(partial, { mode: 0o755 });
  } catch (error) {
    throw new CliError(`cannot write to ${output}: ${(error as NodeJS.ErrnoException).code}`, 2, { cause: error });
  }
  try {
    const result = await new RedactionRun(captures, partial, options).run();
    if (listed !== null) await rmdir(target);
    await rename(partial, target);
    return result;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

class RedactionRun {
  readonly #captures: readonly CapturePath[];
  readonly #folder: string;
  readonly #options: RedactOptions;
  readonly #redaction: Redaction;
  readonly #counts: Counts = noCounts();
  readonly #notes: string[] = [];
  readonly #names = new Set<string>();
  #written = 0;
  #steps = 0;

  constructor(captures: readonly CapturePath[], folder: string, options: RedactOptions) {
    const learned = new LearnedNames();
    this.#captures = captures;
    this.#folder = folder;
    this.#options = options;
    this.#redaction = {
      learned,
      hosts: new HostNames(learned),
      pseudonyms: new Pseudonyms(options.key, options.onPair),
      limits: options.limits,
    };
  }

  async run(): Promise<RedactResult> {
    const { learned, hosts, limits } = this.#redaction;
    for (const capture of this.#captures) {
      learned.addFromFileName(captureName(capture));
      await this.#read(capture, new NameLearner(learned, hosts, limits));
      this.#step();
    }
    if (learned.overflow)
      this.#notes.push('more names than are kept in mind: some are replaced only where they stand as names');
    for (const capture of this.#captures) {
      await this.#redact(capture);
      this.#step();
    }
    if (this.#written === 0)
      throw new CliError(`none of ${this.#captures.length} captures could be read: ${this.#notes[0] ?? ''}`, 3);
    return {
      captures: this.#written,
      counts: this.#counts,
      notes: this.#notes,
      ambiguous: [...learned.ambiguous].sort(),
    };
  }

  async #redact(capture: CapturePath): Promise<void> {
    const spool = await Spool.open(join(this.#folder, '.spool'));
    try {
      const redactor = new CaptureRedactor(this.#redaction, spool);
      await this.#read(capture, redactor);
      redactor.finish();
      const name = this.#outputName(redactor.redactedText(captureName(capture)), capture);
      for (const note of redactor.leftOut) this.#notes.push(`${printable(name)}: ${note}`);
      for (const kind of KINDS) this.#counts[kind] += redactor.writer.counts[kind];
      if (spool.members.length === 0) return;
      const statement: Statement = {
        version: this.#options.version,
        keyId: this.#options.key.id,
        counts: redactor.writer.counts,
        leftOut: redactor.leftOut,
      };
      await this.#write(capture, name, spool, statement);
      this.#written++;
    } finally {
      await spool.close();
    }
  }

  async #write(capture: CapturePath, name: string, spool: Spool, statement: Statement): Promise<void> {
    const amend: Amend = ({ name: member }) =>
      basename(member) === 'manifest.tsv' ? (bytes) => statedManifest(bytes, statement) : null;
    if (!spool.members.some((member) => amend(member) !== null)) {
      const start = spool.bytes;
      const top = capture.kind === 'archive' ? topFolder(spool.members[0]!.name) : '';
      await spool.write(statementText(statement));
      spool.members.push({ name: `${top}${REDACTION_MEMBER}`, modified: null, start, bytes: spool.bytes - start });
    }
    if (capture.kind === 'archive') await writeArchive(join(this.#folder, name), spool, amend);
    else await writeFolder(capture.kind === 'files' ? this.#folder : join(this.#folder, name), spool, amend);
  }

  /** Archives become .tar.gz, whatever they were. */
  #outputName(redacted: string, { kind }: CapturePath): string {
    const stem = redacted.replace(/\.(?:tar(?:\.\w+)?|tgz|txz)$/i, '').replace(/[/\0]/g, '_');
    const end = kind === 'archive' ? '.tar.gz' : '';
    let name = `${stem}${end}`;
    for (let i = 2; this.#names.has(name); i++) name = `${stem}-${i}${end}`;
    this.#names.add(name);
    return name;
  }

  /** A file that cannot be read at all is told and passed over. */
  async #read(capture: CapturePath, visitor: Visitor): Promise<void> {
    const { limits } = this.#options;
    try {
      if (capture.kind === 'files') await readFiles(capture.path, capture.files, limits, visitor);
      else if (capture.kind === 'folder') await readFolder(capture.path, limits, visitor);
      else await readArchive(capture.path, limits, visitor);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      visitor.damaged(error.message);
    }
  }

  #step(): void {
    this.#options.onProgress(++this.#steps / (2 * this.#captures.length));
  }
}

function topFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/') + 1) : '';
}
