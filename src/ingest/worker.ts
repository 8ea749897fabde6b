import { parentPort } from 'node:worker_threads';
import { type Outlet, readJob } from './archive-reader.ts';
import { BufferPool } from './buffer-pool.ts';
import { keepingParser } from './keep-parser.ts';
import { loadSources } from './load-sources.ts';
import { MemberMatcher } from './member-matcher.ts';
import type { FromWorker, TableBatch, ToWorker } from './protocol.ts';
import { SourceRecogniser } from './source-recogniser.ts';
import { TableBuilders } from './table-builders.ts';

/**
 * Bytes of batches a worker may be ahead of the store; bounds memory whatever the input. Some flushes of the store, and its
 * commits, take as long as several archives take to read: it should not wait for them.
 */
const BYTES_AHEAD = 128 * 2 ** 20;
/** Free buffers kept of a size. */
const KEPT_BUFFERS = 24;
/** Small batches cross together: a message costs more than what is in them. */
const BATCHES_TOGETHER = 8;
const BYTES_TOGETHER = 65_536;

const port = parentPort!;
const sources = (await loadSources()).map(keepingParser);
const pool = new BufferPool(KEPT_BUFFERS);
let ahead = 0;
let outbox: TableBatch[] = [];
let outboxBytes = 0;
let resume: (() => void) | null = null;
let jobs: Promise<void> = Promise.resolve();

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function sendBatches(): void {
  if (outbox.length === 0) return;
  send(
    { type: 'batches', batches: outbox },
    outbox.map(({ batch }) => batch.buffer),
  );
  outbox = [];
  outboxBytes = 0;
}

const outlet: Outlet = {
  batch(origin, table, batch) {
    ahead += batch.buffer.byteLength;
    outboxBytes += batch.buffer.byteLength;
    outbox.push({ origin, table, batch });
    if (outbox.length >= BATCHES_TOGETHER || outboxBytes >= BYTES_TOGETHER) sendBatches();
  },
  allocate: (bytes) => pool.take(bytes),
  formats(logFormats) {
    send({ type: 'formats', logFormats });
  },
  pause() {
    if (ahead < BYTES_AHEAD) return undefined;
    sendBatches();
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
    for (const buffer of message.buffers) {
      ahead -= buffer.byteLength;
      pool.give(buffer);
    }
    if (ahead < BYTES_AHEAD && resume !== null) {
      const go = resume;
      resume = null;
      go();
    }
    return;
  }
  const { job } = message;
  jobs = jobs.then(async () => {
    const result = await readJob(job, known, outlet);
    sendBatches();
    send({ type: 'done', result });
  });
});
