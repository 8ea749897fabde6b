import { basename, dirname } from 'node:path/posix';
import { CliError } from '../base/errors.ts';
import { LineSplitter } from '../base/lines.ts';
import { EDGE_BYTES, type Entry, type Recogniser } from '../capture/bundles/entry.ts';
import { isFactFile } from '../capture/bundles/host-facts.ts';
import { OutlineScanner } from '../capture/bundles/outline-scanner.ts';
import { InflateSink } from '../capture/inflate-sink.ts';
import type { Limits } from '../capture/limits.ts';
import { type Manifest, parseManifest } from '../capture/manifest.ts';
import { REDACTION_MEMBER, redactionIn } from '../capture/redaction.ts';
import { TextSink } from '../capture/text-sink.ts';
import type { MemberSink, Visitor } from '../capture/visitor.ts';
import { CONFIG_BYTES, CONFIG_SOURCE, ConfigFormats } from './config-formats.ts';

/** Inside a sosreport a file is what its path says; its lines need no looking at. */
const ORDERED = /(?:^|\/)(?:sosreport-[^/]*|sos_commands|sos_strings|sos_logs)\//;

/** First pass over something that may be none of our captures: names, edges, outlines, and manifests if there are any. */
export class Survey implements Visitor {
  readonly manifests: Map<string, Manifest> = new Map();
  readonly entries: Entry[] = [];
  /** What the configuration files among them say of logs. */
  readonly configs: ConfigFormats = new ConfigFormats();
  /** What `lastack redact` says of a bundle. */
  redaction: readonly string[] = [];
  damage: string | null = null;
  readonly #limits: Limits;
  readonly #recogniser: Recogniser;

  constructor(limits: Limits, recogniser: Recogniser) {
    this.#limits = limits;
    this.#recogniser = recogniser;
  }

  member(path: string, _size: number | null, modified: Date | null): Promise<MemberSink | null> {
    if (basename(path) === REDACTION_MEMBER)
      return Promise.resolve(
        new TextSink(this.#limits.manifestBytes, (text) => {
          this.redaction = redactionIn(text);
        }),
      );
    if (basename(path) === 'manifest.tsv') return Promise.resolve(this.#manifestSink(path));
    const ordered = ORDERED.test(path);
    const sink = new EntrySink(path, modified, ordered ? null : this.#recogniser, (entry) => {
      this.entries.push(ordered && !isFactFile(path) ? { ...entry, head: '', tail: '' } : entry);
    });
    const onDamage = (what: string): void => sink.damaged(what);
    const source = this.#recogniser.byPath(path) ?? this.#recogniser.byName(path)?.source;
    const isConfig = source === CONFIG_SOURCE || (source === undefined && path.endsWith('.conf'));
    const whole = isConfig ? new TextSink(CONFIG_BYTES, (text) => this.configs.add(path, text), sink) : sink;
    return Promise.resolve(new InflateSink(whole, { limits: this.#limits, onDamage }));
  }

  note(): void {}

  damaged(text: string): void {
    this.damage = text;
  }

  #manifestSink(path: string): MemberSink {
    return new TextSink(this.#limits.manifestBytes, (text) => {
      try {
        this.manifests.set(dirname(path), parseManifest(text));
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
      }
    });
  }
}

/** Keeps the edges of a file, and outlines its lines. */
class EntrySink implements MemberSink {
  readonly #path: string;
  readonly #modified: Date | null;
  readonly #onEntry: (entry: Entry) => void;
  readonly #scanner: OutlineScanner | null;
  readonly #splitter: LineSplitter | null;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #damage: string | null = null;

  constructor(path: string, modified: Date | null, recogniser: Recogniser | null, onEntry: (entry: Entry) => void) {
    this.#path = path;
    this.#modified = modified;
    this.#onEntry = onEntry;
    const scanner = recogniser === null ? null : new OutlineScanner(recogniser, path);
    this.#scanner = scanner;
    this.#splitter =
      scanner === null
        ? null
        : new LineSplitter(
            (bytes, start, end, lineNo) => scanner.line(bytes, start, end, lineNo),
            (lineNo, head) => scanner.line(head, 0, head.length, lineNo),
          );
  }

  damaged(what: string): void {
    this.#damage = what;
  }

  push(chunk: Uint8Array): undefined {
    const missing = EDGE_BYTES - this.#head.length;
    if (missing > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, missing)]);
    const last = chunk.subarray(-EDGE_BYTES);
    this.#tail = Buffer.concat([this.#tail, last]).subarray(-EDGE_BYTES);
    this.#bytes += chunk.length;
    this.#splitter?.push(chunk);
    return undefined;
  }

  end(): Promise<void> {
    this.#splitter?.end();
    this.#onEntry({
      path: this.#path,
      bytes: this.#bytes,
      modifiedUs: this.#modified === null ? null : Math.floor(this.#modified.getTime()) * 1000,
      head: this.#head.toString('latin1'),
      tail: this.#tail.toString('latin1'),
      damage: this.#damage,
      outline: this.#scanner?.outline() ?? null,
    });
    return Promise.resolve();
  }
}
