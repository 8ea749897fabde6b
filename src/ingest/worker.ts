import { parentPort } from 'node:worker_threads';
import { type Outlet, readJob } from './archive-reader.ts';
import { BufferPool } from './buffer-pool.ts';
import { keepingParser } from './keep-parser.ts';
import { loadSources } from './load-sources.ts';
import { MemberMatcher } from './member-matcher.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { SourceRecogniser } from './source-recogniser.ts';
import { TableBuilders } from './table-builders.ts';

/**
 * Bytes of batches a worker may be ahead of the store; bounds memory whatever the input. Some flushes of the store, and its
 * commits, take as long as several archives take to read: it should not wait for them.
 */
const BYTES_AHEAD = 128 * 2 ** 20;
/** Free buffers kept of a size. */
const KEPT_BUFFERS = 24;

const port = parentPort!;
const sources = (await loadSources()).map(keepingParser);
const pool = new BufferPool(KEPT_BUFFERS);
let ahead = 0;
let resume: (() => void) | null = null;
let jobs: Promise<void> = Promise.resolve();

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const outlet: Outlet = {
  batch(origin, table, batch) {
    ahead += batch.buffer.byteLength;
    send({ type: 'batch', origin, table, batch }, [batch.buffer]);
  },
  allocate: (bytes) => pool.take(bytes),
  formats(logFormats) {
    send({ type: 'formats', logFormats });
  },
  pause() {
    if (ahead < BYTES_AHEAD) return undefined;
    return new Promise((resolve) => {
      resume = resolve;
    });
  },
};

const known = {
  matcher: new MemberMatcher(sources),
  recogniser: new SourceRecogniser(sources),
  builders: new TableBuilders(outlet),
};

port.on('message', (message: ToWorker) => {
  if (message.type === 'ack') {
    ahead -= message.buffer.byteLength;
    pool.give(message.buffer);
    if (ahead < BYTES_AHEAD && resume !== null) {
      const go = resume;
      resume = null;
      go();
    }
    return;
  }
  const { job } = message;
  jobs = jobs.then(async () => send({ type: 'done', result: await readJob(job, known, outlet) }));
});
