import type { Table } from '../base/table.ts';
import type { TableBuilder } from '../base/table-builder.ts';
import { hostZone, type Zone } from '../base/zone.ts';
import { commandNames } from '../capture/bundles/mark.ts';
import type { Part } from '../capture/bundles/plan.ts';
import type { Manifest } from '../capture/manifest.ts';
import type { Source } from '../sources/source.ts';
import { COVERAGE_TABLE, REJECT_TABLE } from '../store/core-tables.ts';
import { LineAccount, type MemberCounts, RejectLog } from './line-account.ts';
import { formatOfMember, namedFormat } from './log-format.ts';
import type { Job } from './protocol.ts';

/** Coverage source of the times, prompts and unknown lines that stand between outputs. */
export const BETWEEN = 'between-outputs';
const LOST = 'before any recognised output';

const COMPRESSED = /\.(?:gz|xz|bz2|zst)$/i;

/** What is known of the host's logs. */
type LogSettings = Pick<Job, 'logFormat' | 'logFormats'>;

/** Takes the lines of one part of a file. */
export interface PartReader {
  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): void;
  refuse(lineNo: number, reason: string, head: Uint8Array): void;
  /** `cut` says why its lines stopped coming, null when they are all there; `oddities` what was odd in the file's text. */
  close(cut: string | null, oddities: readonly string[]): MemberCounts;
}

/**
 * One sample of a bundle. Many may be open at once, as the outputs of a sample lie in several files: what has been
 * read of a file is handed on before the next one, so that an open sample holds next to nothing.
 */
export class BundleSample {
  readonly #manifest: Manifest;
  readonly #source: (id: string) => Source;
  readonly #build: (table: Table) => TableBuilder;
  readonly #logs: LogSettings;
  readonly #zone: Zone;
  readonly #builders = new Map<string, TableBuilder>();

  constructor(
    manifest: Manifest,
    source: (id: string) => Source,
    logs: LogSettings,
    build: (table: Table) => TableBuilder,
  ) {
    this.#logs = logs;
    this.#manifest = manifest;
    this.#source = source;
    this.#build = build;
    this.#zone = hostZone(manifest.zone, manifest.utcOffsetMinutes);
  }

  /** A reader for the lines of a part of a file. */
  part(part: Part, path: string): PartReader {
    if (part.source === null || part.passed !== null) return this.#counted(part, path);
    const source = this.#source(part.source);
    const { logFormat, logFormats } = this.#logs;
    const told = formatOfMember(logFormats, path.replace(COMPRESSED, ''));
    const context = {
      member: path,
      ...(part.command === null ? {} : { printed: commandNames(part.command)[0]! }),
      captureTsUs: this.#manifest.tsUs,
      zone: this.#zone,
      uptimeS: this.#manifest.uptimeS,
      bootId: this.#manifest.bootId,
      logFormat: logFormat === null ? told : (namedFormat(logFormat, logFormats) ?? told),
      errorLogFormat: told,
      slice: null,
    };
    const tables = { of: (name: string) => this.#builder(declared(source, name)) };
    const account = new LineAccount(source, context, tables, this.#builder(REJECT_TABLE));
    return {
      line: (bytes, start, end, lineNo, offset) => {
        account.counts.bytes += end - start + 1;
        account.line(bytes, start, end, lineNo, offset);
      },
      refuse: (lineNo, reason, head) => account.refuse(lineNo, reason, head),
      close: (cut, oddities) => {
        account.close();
        const status = cut === null ? 'collected' : 'truncated';
        this.#cover(
          { source: source.id, path, status, note: [cut ?? this.#note(), ...oddities].join('; ') },
          account.counts,
        );
        return account.counts;
      },
    };
  }

  /** Hands on what has been read so far. */
  flush(): void {
    for (const builder of this.#builders.values()) builder.flush();
    this.#builders.clear();
  }

  /** Lines that no source reads: they are counted, and those nobody knows are kept as rejects. */
  #counted(part: Part, path: string): PartReader {
    const counts: MemberCounts = { lines: 0, rowLines: 0, rows: 0, known: 0, rejects: 0, bytes: 0 };
    const source = part.source ?? part.command ?? BETWEEN;
    const rejects = part.kind === 'lost' ? new RejectLog(this.#builder(REJECT_TABLE), source, path) : null;
    const add = (lineNo: number, reason: string, bytes: Uint8Array, start: number, end: number): void => {
      counts.lines++;
      counts.bytes += end - start + 1;
      if (rejects === null) {
        counts.known++;
        return;
      }
      counts.rejects++;
      rejects.add(lineNo, reason, bytes, start, end);
    };
    return {
      line: (bytes, start, end, lineNo) => add(lineNo, LOST, bytes, start, end),
      refuse: (lineNo, reason, head) => add(lineNo, reason, head, 0, head.length),
      close: (cut, oddities) => {
        const unread = part.kind === 'unread' ? 'output of a command that is not read' : null;
        const note = [part.passed ?? unread ?? cut ?? this.#note(), ...oddities].join('; ');
        const status = part.passed !== null || unread !== null ? 'skipped' : 'collected';
        this.#cover({ source, path, status, note }, counts);
        return counts;
      },
    };
  }

  #note(): string {
    return `${this.#manifest.collector}; time from ${this.#manifest.tsFrom}`;
  }

  #cover(
    of: { readonly source: string; readonly path: string; readonly status: string; readonly note: string },
    counts: MemberCounts,
  ): void {
    const coverage = this.#builder(COVERAGE_TABLE);
    coverage.text('source').setText(of.source);
    coverage.text('member').setText(of.path);
    coverage.text('status').setText(counts.lines === 0 && of.status === 'collected' ? 'empty' : of.status);
    coverage.int64('lines').set(counts.lines);
    coverage.int64('row_lines').set(counts.rowLines);
    coverage.int64('rows').set(counts.rows);
    coverage.int64('known').set(counts.known);
    coverage.int64('rejects').set(counts.rejects);
    coverage.int64('bytes').set(counts.bytes);
    coverage.text('note').setText(of.note);
    coverage.next();
  }

  #builder(table: Table): TableBuilder {
    let builder = this.#builders.get(table.name);
    if (builder === undefined) {
      builder = this.#build(table);
      this.#builders.set(table.name, builder);
    }
    return builder;
  }
}

function declared(source: Source, name: string): Table {
  const table = source.tables.find((candidate) => candidate.name === name);
  if (table === undefined)
    throw new TypeError(`source ${source.id} writes to table ${name}, which it does not declare`);
  return table;
}
