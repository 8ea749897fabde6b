import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import {
  type Compression,
  compressionOf,
  decompress,
  describeDamagedData,
  MAGIC_BYTES,
  unreadableKind,
} from './compression.ts';
import type { Limits } from './limits.ts';
import type { MemberSink } from './visitor.ts';

/** What a member inside a capture hands on: its own bytes, or those that were compressed in it. */
export interface InflateOptions {
  readonly limits: Limits;
  /** Told when the member cannot be read at all, or not to its end. */
  readonly onDamage: (what: string) => void;
}

/** Looks at a member's first bytes: compressed ones are decompressed on the way, others go on as they are. */
export class InflateSink implements MemberSink {
  readonly #next: MemberSink;
  readonly #options: InflateOptions;
  /** First bytes until there are enough of them to tell. */
  #head: Uint8Array | null = new Uint8Array(0);
  #input: PassThrough | null = null;
  #output: Promise<void> | null = null;
  #refused = false;
  #bytesIn = 0;

  constructor(next: MemberSink, options: InflateOptions) {
    this.#next = next;
    this.#options = options;
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#head === null) return this.#pass(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    return this.#head.length < MAGIC_BYTES ? undefined : this.#begin();
  }

  async end(): Promise<void> {
    if (this.#head !== null) await this.#begin();
    this.#input?.end();
    await this.#output;
    await this.#next.end();
  }

  #begin(): Promise<void> | undefined {
    const head = this.#head!;
    this.#head = null;
    const compression = compressionOf(head);
    const other = compression === null ? unreadableKind(head) : null;
    if (other !== null) {
      this.#refused = true;
      this.#options.onDamage(`it is ${other.what}; run ${other.first} first`);
    }
    if (compression !== null) {
      this.#input = new PassThrough();
      this.#output = this.#forward(compression, this.#input);
    }
    return this.#pass(head);
  }

  #pass(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#refused) return undefined;
    if (this.#input === null) return this.#next.push(chunk);
    this.#bytesIn += chunk.length;
    // Read asynchronously: the giver may use its buffer again.
    if (this.#input.destroyed || this.#input.write(Buffer.from(chunk))) return undefined;
    return Promise.race([once(this.#input, 'drain').then(() => undefined), this.#output!]);
  }

  async #forward(compression: Compression, input: PassThrough): Promise<void> {
    const { limits, onDamage } = this.#options;
    let bytesOut = 0;
    try {
      for await (const chunk of decompress(compression, input)) {
        bytesOut += chunk.length;
        if (
          bytesOut > limits.totalBytes ||
          (bytesOut > limits.ratioFromBytes && bytesOut > this.#bytesIn * limits.ratio)
        ) {
          onDamage(`refused: decompresses to ${bytesOut} bytes and more`);
          break;
        }
        const wait = this.#next.push(chunk);
        if (wait !== undefined) await wait;
      }
    } catch (error) {
      const damage = describeDamagedData(error);
      if (damage === null) throw error;
      onDamage(damage);
    } finally {
      input.destroy();
    }
  }
}
