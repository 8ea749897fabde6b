import { plainUtf8 } from '../base/plain-text.ts';
import type { MemberSink } from './visitor.ts';

/** Collects a small member as text, and hands its bytes on to another sink on the way. */
export class TextSink implements MemberSink {
  readonly #chunks: Uint8Array[] = [];
  readonly #maxBytes: number;
  readonly #onText: (text: string, whole: boolean) => void;
  readonly #next: MemberSink | null;
  #bytes = 0;

  /** Bytes past `maxBytes` are not collected; `whole` says that there were none. */
  constructor(maxBytes: number, onText: (text: string, whole: boolean) => void, next: MemberSink | null = null) {
    this.#maxBytes = maxBytes;
    this.#onText = onText;
    this.#next = next;
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#bytes < this.#maxBytes) this.#chunks.push(chunk.slice(0, this.#maxBytes - this.#bytes));
    this.#bytes += chunk.length;
    return this.#next?.push(chunk);
  }

  async end(): Promise<void> {
    this.#onText(plainUtf8(Buffer.concat(this.#chunks)), this.#bytes <= this.#maxBytes);
    await this.#next?.end();
  }
}
