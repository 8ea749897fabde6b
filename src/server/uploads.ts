import { rm } from 'node:fs/promises';
import type { CaptureRecord } from './data/capture-record.ts';
import { plainName } from './data/names.ts';
import { type Received, receiveFile } from './data/receive.ts';
import type { ServedCase } from './data/served-case.ts';
import type { Imports } from './imports.ts';
import { ServerError } from './server-error.ts';
import type { ServerLimits } from './settings.ts';

/** A file as it is sent. */
export interface Sent {
  readonly stream: NodeJS.ReadableStream;
  /** Empty: it has none. */
  readonly name: string;
  readonly run: string | null;
  /** Null where the sender does not say. */
  readonly bytes: number | null;
}

export interface Accepted {
  readonly capture: CaptureRecord;
  /** False for a file that the case has already. */
  readonly isNew: boolean;
}

/** Takes files in: as many at once as the limits say, each kept before it is acknowledged. */
export class Uploads {
  readonly #limits: ServerLimits;
  readonly #imports: Imports;
  #going = 0;

  constructor(limits: ServerLimits, imports: Imports) {
    this.#limits = limits;
    this.#imports = imports;
  }

  /** Runs `body`, which receives something. Throws a ServerError (503) where too much is being received already. */
  async within<T>(body: () => Promise<T>): Promise<T> {
    if (this.#going >= this.#limits.uploads)
      throw new ServerError(
        503,
        `${this.#limits.uploads} uploads are going on, the most this server takes (--max-uploads); try again`,
      );
    this.#going++;
    try {
      return await body();
    } finally {
      this.#going--;
    }
  }

  /** Receives one whole file and makes it a capture. */
  take(served: ServedCase, { stream, name, run, bytes }: Sent): Promise<Accepted> {
    return this.within(async () => this.accept(served, await this.receive(served, stream, bytes), name, run));
  }

  /** Receives a file; it is none of the case's yet. */
  receive(served: ServedCase, stream: NodeJS.ReadableStream, bytes: number | null = null): Promise<Received> {
    return receiveFile(stream, served.incoming, this.#limits, bytes);
  }

  /** Removes a received file again. */
  async drop({ path }: Received): Promise<void> {
    await rm(path, { force: true });
  }

  /** Makes a file that was received a capture of the case, and has it read. */
  async accept(served: ServedCase, received: Received, name: string, run: string | null): Promise<Accepted> {
    const called = name === '' ? `capture-${received.sha256.slice(0, 8)}` : name;
    const accepted = await served.accept(received, called, run, this.#limits.captures);
    this.#imports.wake(served);
    return accepted;
  }
}

/** A run as somebody named it; null for none. */
export function readRun(text: string | undefined): string | null {
  const run = plainName(text ?? '');
  return run === '' ? null : run;
}

/** What the sender is told, one line. */
export function acceptedLine({ capture, isNew }: Accepted): string {
  if (isNew) return `${capture.name}: ${capture.bytes} bytes kept, waiting to be read`;
  const state = capture.state === 'read' ? 'has been read' : 'waits to be read';
  return `${capture.name}: the case has this file already; it ${state}`;
}
