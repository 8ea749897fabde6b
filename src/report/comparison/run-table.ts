import type { Comparison } from '../../analysis/comparison-document.ts';
import { stamp } from '../text/time.ts';
import { nameOf, valueOf } from './words.ts';

/** Run by run in the order of time. What is zero in every run has no column and is named in the introduction. */
export function runTable(
  runs: Comparison['runs'],
  metrics: Comparison['metrics'],
): { readonly intro: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const known = new Map(metrics.filter(({ dimension }) => dimension === '').map((one) => [one.metric, one]));
  const names = (runs[0]?.values ?? [])
    .filter((one) => one.dimension === '' && known.has(one.metric))
    .map((one) => one.metric);
  const valueIn = (run: Comparison['runs'][number], metric: string): number | null =>
    run.values.find((one) => one.metric === metric && one.dimension === '')?.value ?? null;
  const zero = names.filter((metric) => runs.every((run) => valueIn(run, metric) === 0));
  const columns = names.filter((metric) => !zero.includes(metric)).map((metric) => known.get(metric)!);
  const titles = zero.map((metric) => known.get(metric)!.title);
  return {
    intro: `Primary metrics and the load in the order of time, as they are compared.${titles.length === 0 ? '' : ` Zero in every run: ${titles.join('; ')}.`}`,
    columns: ['Run', 'Side', 'Began', 'Samples', ...columns.map(nameOf)],
    rows: runs.map((run) => [
      run.run,
      run.side,
      stamp(run.start),
      String(run.samples),
      ...columns.map((metric) => {
        const value = valueIn(run, metric.metric);
        return value === null ? 'not recorded' : valueOf(metric, value);
      }),
    ]),
  };
}
