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
 * Batches a worker may be ahead of the store; bounds memory whatever the input. Some flushes of the store take as long as
 * an archive takes to read: it should not wait for them.
 */
const BATCHES_AHEAD = 24;

const port = parentPort!;
const sources = (await loadSources()).map(keepingParser);
const pool = new BufferPool(BATCHES_AHEAD);
let ahead = 0;
let resume: (() => void) | null = null;
let jobs: Promise<void> = Promise.resolve();

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const outlet: Outlet = {
  batch(origin, table, batch) {
    ahead++;
    send({ type: 'batch', origin, table, batch }, [batch.buffer]);
  },
  allocate: (bytes) => pool.take(bytes),
  formats(logFormats) {
    send({ type: 'formats', logFormats });
  },
  pause() {
    if (ahead < BATCHES_AHEAD) return undefined;
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
    ahead--;
    pool.give(message.buffer);
    if (ahead < BATCHES_AHEAD && resume !== null) {
      const go = resume;
      resume = null;
      go();
    }
    return;
  }
  const { job } = message;
  jobs = jobs.then(async () => send({ type: 'done', result: await readJob(job, known, outlet) }));
});
