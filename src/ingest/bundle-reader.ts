import type { Table } from '../base/table.ts';
import { TableBuilder } from '../base/table-builder.ts';
import type { Plan } from '../capture/bundles/plan.ts';
import { InflateSink } from '../capture/inflate-sink.ts';
import { printable } from '../capture/member-name.ts';
import type { MemberSink, Visitor } from '../capture/visitor.ts';
import type { RowOrigin } from '../store/appender.ts';
import { CAPTURE_TABLE } from '../store/core-tables.ts';
import type { Outlet } from './archive-reader.ts';
import { BETWEEN, BundleSample } from './bundle-sample.ts';
import { addCounts } from './capture-reader.ts';
import { captureRow } from './capture-row.ts';
import { JobNotes } from './job-notes.ts';
import { namedFormat, unknownFormat } from './log-format.ts';
import { PartsSink } from './parts-sink.ts';
import type { Job, JobResult } from './protocol.ts';
import type { SourceRecogniser } from './source-recogniser.ts';

const LINK = /^(?:(\d+) more )?.*not read: a (?:symbolic|hard) link$/;

/** Second pass over a bundle: gives every line to where the plan wants it. */
export class BundleReader implements Visitor {
  readonly #job: Job;
  readonly #plan: Plan;
  readonly #recogniser: SourceRecogniser;
  readonly #outlet: Outlet;
  readonly #samples = new Map<number, BundleSample>();
  readonly #notes = new JobNotes();
  readonly #totals = { lines: 0, rows: 0, rejects: 0, rejectsBySource: new Map<string, number>() };
  readonly #read = new Set<string>();
  #links = 0;
  #damage: string | null = null;

  constructor(job: Job, plan: Plan, recogniser: SourceRecogniser, outlet: Outlet) {
    this.#job = job;
    this.#plan = plan;
    this.#recogniser = recogniser;
    this.#outlet = outlet;
    for (const note of plan.notes) this.#notes.add(note);
  }

  result(): JobResult {
    const { logFormat, logFormats } = this.#job;
    if (logFormat !== null && namedFormat(logFormat, logFormats) === null) this.#notes.add(unknownFormat(logFormat));
    if (this.#links > 0) this.#notes.add(`${this.#links} links not followed`);
    const used = this.#damage === null ? null : `${this.#damage}; what came before is used`;
    return { samples: this.#samples.size, ...this.#totals, notes: this.#notes.list, damage: used };
  }

  member(path: string): Promise<MemberSink | null> {
    const parts = this.#plan.parts.get(path);
    if (parts === undefined) return Promise.resolve(null);
    if (this.#read.has(path)) {
      this.#notes.add(`a second "${printable(path)}" not read`);
      return Promise.resolve(null);
    }
    this.#read.add(path);
    const sink = new PartsSink(path, parts, {
      sample: (index) => this.#sample(index),
      onCounts: ({ lines, rows, rejects }, source) => {
        this.#totals.lines += lines;
        this.#totals.rows += rows;
        this.#totals.rejects += rejects;
        if (rejects > 0) addCounts(this.#totals.rejectsBySource, [[source ?? BETWEEN, rejects]]);
      },
      pause: () => this.#outlet.pause(),
    });
    const onDamage = (what: string): void => {
      this.#notes.add(`"${printable(path)}": ${what}`);
      sink.damaged(what);
    };
    return Promise.resolve(new InflateSink(sink, { limits: this.#job.limits, onDamage }));
  }

  /** Links are plenty in a sosreport: they are counted, not named. */
  note(text: string): void {
    const link = LINK.exec(text);
    if (link === null) this.#notes.add(text);
    else this.#links += Number(link[1] ?? 1);
  }

  damaged(text: string): void {
    this.#damage = text;
  }

  #sample(index: number): BundleSample {
    const open = this.#samples.get(index);
    if (open !== undefined) return open;
    const { manifest, folder } = this.#plan.samples[index]!;
    const { firstId, moreIds } = this.#job;
    const captureId = index === 0 ? firstId : moreIds + index - 1;
    const origin: RowOrigin = { captureId, host: manifest.host, tsUs: manifest.tsUs };
    const outlet = this.#outlet;
    const build = (table: Table): TableBuilder =>
      new TableBuilder(
        table,
        (name, batch) => outlet.batch(origin, name, batch),
        (bytes) => outlet.allocate(bytes),
      );
    const row = build(CAPTURE_TABLE);
    captureRow(row, manifest, this.#job, folder);
    row.flush();
    const sample = new BundleSample(manifest, (id) => this.#recogniser.source(id), this.#job, build);
    this.#samples.set(index, sample);
    return sample;
  }
}
