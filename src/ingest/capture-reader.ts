import type { Table } from '../base/table.ts';
import type { TableBuilder } from '../base/table-builder.ts';
import { hostZone, type Zone } from '../base/zone.ts';
import type { Manifest, Probe } from '../capture/manifest.ts';
import type { Source, Tables } from '../sources/source.ts';
import { COVERAGE_TABLE, REJECT_TABLE } from '../store/core-tables.ts';
import { formatOfLog, formatOfMember, type LogFormats, logPath, logSlice, namedFormat } from './log-format.ts';
import type { MemberMatcher } from './member-matcher.ts';
import { MemberReader } from './member-reader.ts';

interface Seen {
  readonly source: Source;
  readonly reader: MemberReader;
}

/** What the members of one sample gave together. */
export interface SampleCounts {
  readonly lines: number;
  readonly rows: number;
  readonly rejects: number;
  readonly rejectsBySource: ReadonlyMap<string, number>;
}

/** Adds counts by name. */
export function addCounts(to: Map<string, number>, counts: Iterable<readonly [string, number]>): void {
  for (const [name, count] of counts) to.set(name, (to.get(name) ?? 0) + count);
}

/** Reads the members of one sample into batches and coverage rows. */
export class CaptureReader {
  readonly manifest: Manifest;
  readonly #matcher: MemberMatcher;
  /** Formats of the host's logs, as far as they are known by then; asked for only by who reads a log. */
  readonly #logFormats: () => LogFormats;
  readonly #logFormat: string | null;
  readonly #build: (table: Table) => TableBuilder;
  readonly #pause: () => Promise<void> | undefined;
  readonly #zone: Zone;
  readonly #builders = new Map<string, TableBuilder>();
  readonly #seen = new Map<string, Seen>();
  /** Members nobody reads, or that are read from a better member; with the reason. */
  readonly #passed = new Map<string, string>();
  /** Members that lie in the capture more than once; the first one is read. */
  readonly #repeated = new Set<string>();
  readonly #chosen: ReadonlyMap<string, Source>;

  constructor(
    manifest: Manifest,
    matcher: MemberMatcher,
    logFormats: () => LogFormats,
    logFormat: string | null,
    build: (table: Table) => TableBuilder,
    pause: () => Promise<void> | undefined,
  ) {
    this.manifest = manifest;
    this.#matcher = matcher;
    this.#logFormats = logFormats;
    this.#logFormat = logFormat;
    this.#build = build;
    this.#pause = pause;
    this.#zone = hostZone(manifest.zone, manifest.utcOffsetMinutes);
    this.#chosen = chooseSources(manifest, matcher);
  }

  /** A sink for the member's bytes, or null when no source reads it. */
  member(name: string): MemberReader | null {
    const source = this.#matcher.match(name);
    const chosen = source?.fact === undefined ? source : (this.#chosen.get(source.fact.name) ?? source);
    if (this.#seen.has(name)) {
      this.#repeated.add(name);
      return null;
    }
    if (source === null) this.#passed.set(name, 'kept in the capture, not read by this version');
    else if (chosen !== source) this.#passed.set(name, `same facts as ${chosen?.id}`);
    if (source === null || this.#passed.has(name)) return null;
    const told = (): string | null => this.#toldFormat(name);
    const logFormat = (): string | null =>
      this.#logFormat === null ? told() : (namedFormat(this.#logFormat, this.#logFormats()) ?? told());
    const context = {
      member: name,
      captureTsUs: this.manifest.tsUs,
      zone: this.#zone,
      uptimeS: this.manifest.uptimeS,
      bootId: this.manifest.bootId,
      get logFormat() {
        return logFormat();
      },
      get errorLogFormat() {
        return told();
      },
      slice: logSlice(this.manifest, name),
    };
    const tables: Tables = { of: (table) => this.#builder(declared(source, table)) };
    const reader = new MemberReader(source, context, tables, this.#builder(REJECT_TABLE), this.#pause);
    this.#seen.set(name, { source, reader });
    return reader;
  }

  /** Closes the sample: coverage for everything the manifest names and everything that was found. */
  finish(damage: string | null): SampleCounts {
    for (const { reader } of this.#seen.values()) reader.cutOff();
    const listed = new Set<string>();
    for (const probe of this.manifest.probes) {
      if (probe.member !== null) listed.add(probe.member);
      this.#cover(probe, damage);
    }
    for (const name of [...this.#seen.keys(), ...this.#passed.keys()]) {
      if (!listed.has(name)) this.#cover(unlisted(name), damage);
    }
    for (const builder of this.#builders.values()) builder.flush();
    const totals = { lines: 0, rows: 0, rejects: 0, rejectsBySource: new Map<string, number>() };
    for (const { source, reader } of this.#seen.values()) {
      totals.lines += reader.counts.lines;
      totals.rows += reader.counts.rows;
      totals.rejects += reader.counts.rejects;
      if (reader.counts.rejects > 0) addCounts(totals.rejectsBySource, [[source.id, reader.counts.rejects]]);
    }
    return totals;
  }

  #toldFormat(name: string): string | null {
    const path = logPath(this.manifest, name);
    return path === null ? formatOfMember(this.#logFormats(), name) : formatOfLog(this.#logFormats(), path);
  }

  #cover(probe: Probe, damage: string | null): void {
    const seen = probe.member === null ? undefined : this.#seen.get(probe.member);
    const passed = probe.member === null ? undefined : this.#passed.get(probe.member);
    const source = probe.member === null ? null : this.#matcher.match(probe.member);
    const cut = damage !== null && seen !== undefined && seen.reader.counts.bytes < (probe.bytes ?? 0);
    const coverage = this.#builder(COVERAGE_TABLE);
    const repeated = this.#repeated.has(probe.member ?? '');
    const { status, note } = settleStatus(probe, { seen: seen !== undefined, repeated, passed, damage, cut });
    coverage.text('source').setText(source?.id ?? probe.probe);
    if (probe.member !== null) coverage.text('member').setText(probe.member);
    coverage.text('status').setText(status);
    const counts = seen?.reader.counts;
    coverage.int64('lines').set(counts?.lines ?? 0);
    coverage.int64('row_lines').set(counts?.rowLines ?? 0);
    coverage.int64('rows').set(counts?.rows ?? 0);
    coverage.int64('known').set(counts?.known ?? 0);
    coverage.int64('rejects').set(counts?.rejects ?? 0);
    coverage.int64('bytes').set(counts?.bytes ?? 0);
    if (probe.durationMs !== null) coverage.int64('duration_ms').set(probe.durationMs);
    if (probe.exitCode !== null) coverage.number('exit_code').set(probe.exitCode);
    const notes = [note, seen?.reader.note].filter((text) => typeof text === 'string');
    if (notes.length > 0) coverage.text('note').setText(notes.join('; '));
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

function settleStatus(
  probe: Probe,
  found: { seen: boolean; repeated: boolean; passed: string | undefined; damage: string | null; cut: boolean },
): { status: string; note: string | null } {
  if (found.passed !== undefined) return { status: 'skipped', note: found.passed };
  const expected = probe.status === 'collected' || probe.status === 'truncated';
  if (expected && !found.seen) {
    return {
      status: 'absent',
      note: found.damage === null ? 'named in the manifest, not in the capture' : `lost: ${found.damage}`,
    };
  }
  if (found.repeated) return { status: probe.status, note: 'a second member of this name was not read' };
  if (found.cut) return { status: 'truncated', note: `cut: ${found.damage}` };
  return { status: probe.status, note: probe.note };
}

function unlisted(member: string): Probe {
  return {
    probe: member,
    member,
    status: 'collected',
    exitCode: null,
    bytes: null,
    durationMs: null,
    note: 'not in the manifest',
  };
}

/** For each fact, the best ranked source that has something to read in this sample. */
function chooseSources(manifest: Manifest, matcher: MemberMatcher): ReadonlyMap<string, Source> {
  const chosen = new Map<string, Source>();
  for (const { member, status } of manifest.probes) {
    if (member === null || (status !== 'collected' && status !== 'truncated')) continue;
    const source = matcher.match(member);
    if (source?.fact === undefined) continue;
    const best = chosen.get(source.fact.name);
    if (best === undefined || source.fact.rank < best.fact!.rank) chosen.set(source.fact.name, source);
  }
  return chosen;
}

function declared(source: Source, name: string): Table {
  const table = source.tables.find((candidate) => candidate.name === name);
  if (table === undefined)
    throw new TypeError(`source ${source.id} writes to table ${name}, which it does not declare`);
  return table;
}
