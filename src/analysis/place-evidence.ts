import type { Evidence } from './document.ts';
import type { JudgedFinding } from './finding-document.ts';
import type { QueryLibrary } from './library.ts';
import { instantAt, type Row, textAt } from './rows.ts';

/** A metric made of these is counted by the second of a log, not by sample. */
const LOG_BUCKETS = 'log_bucket';

/**
 * Names the capture in which a value stands that a sample shows, where the query did not name a line.
 * `captures` are rows of `queries/document/sample-captures.sql`.
 */
export function placeEvidence(
  judged: readonly JudgedFinding[],
  captures: readonly Row[],
  library: QueryLibrary,
): readonly JudgedFinding[] {
  const sampled = new Set(
    library.metrics
      .filter((file) => !file.needs.includes(LOG_BUCKETS))
      .flatMap((file) => file.metrics.map(({ name }) => name)),
  );
  const byTime = new Map(
    captures.map((row) => [key(textAt(row, 'run'), textAt(row, 'host'), instantAt(row, 'ts')), textAt(row, 'capture')]),
  );
  return judged.map((one) => {
    const place = (item: Evidence): Evidence => {
      if (item.capture !== undefined || item.at === undefined || !sampled.has(item.metric ?? '')) return item;
      const capture = byTime.get(key(one.run, one.finding.host, item.at));
      return capture ? { ...item, capture } : item;
    };
    return { ...one, finding: { ...one.finding, evidence: one.finding.evidence.map(place) } };
  });
}

function key(run: string | null, host: string | null, at: string | null): string {
  return JSON.stringify([run, host, at]);
}
