import { Presets, SingleBar } from 'cli-progress';
import type { ImportProgress } from '../ingest/import.ts';
import type { Console } from './console.ts';

/** Shows how far an import is: a bar on a terminal, a plain line now and then elsewhere. */
export interface ProgressView {
  update(progress: ImportProgress): void;
  stop(): void;
}

const LINE_EVERY_SHARE = 0.25;

export function progressView(console: Console): ProgressView {
  return console.isTerminal ? barView(console) : lineView(console);
}

function barView(console: Console): ProgressView {
  const bar = new SingleBar(
    {
      format: 'reading {bar} {percentage}% | {value}/{total} captures | {rows} rows | {eta_formatted}',
      stream: console.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update({ done, total, rows }) {
      if (!started) bar.start(total, 0, { rows: 0 });
      started = true;
      bar.update(done, { rows });
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function lineView(console: Console): ProgressView {
  let shown = 0;
  return {
    update({ done, total, rows }) {
      if (done / total < shown + LINE_EVERY_SHARE && done < total) return;
      shown = done / total;
      console.say(`read ${done} of ${total} captures, ${rows} rows`);
    },
    stop: () => undefined,
  };
}
