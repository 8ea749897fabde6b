import type { Aspect } from '../comparison-document.ts';
import { mean } from '../statistics/moments.ts';
import type { SideData } from './read-side.ts';
import { rounded } from './wording.ts';

type Sides = readonly [SideData, SideData];

/** Metrics of what was asked of the host, and what they are called here. */
const LOADS: Readonly<Record<string, string>> = {
  TcpPassiveOpens: 'Incoming connections',
  requests: 'Requests',
  TcpInSegs: 'Segments received',
};
/** Load may differ by so much, as a ratio of the larger to the smaller. */
const LOAD_RATIO = 1.25;
/** From so many times as much on it is not said in percent. */
const FACTOR = 10;
/** Load averages above one a processor may differ by so much. */
const WORK_RATIO = 1.5;
/** Per second; below it a side counts as idle, and so do two. */
const LEAST_LOAD = 0.1;

/** Whether a metric is the load itself, which no change of settings makes better or worse. */
export function isLoad(metric: string): boolean {
  return Object.hasOwn(LOADS, metric);
}

/** Whether both sides were asked for as much. */
export function loads(sides: Sides): (Aspect | null)[] {
  return Object.entries(LOADS).map(([metric, aspect]) => load(sides, metric, aspect));
}

/** Mean of a metric over the hosts and runs of each side; null where a side does not have it. */
function levels(sides: Sides, metric: string): [number | null, number | null] {
  const [before, after] = sides.map((side) => {
    const series = side.series.filter((one) => one.metric === metric && one.dimension === '');
    return series.length === 0 ? null : mean(series.map(({ value }) => mean(value)));
  });
  return [before!, after!];
}

/** What else the host had to do: neighbours, backups, other tests. */
export function otherWork(sides: Sides): Aspect | null {
  const [before, after] = levels(sides, 'load1');
  if (before === null || after === null) return null;
  const cpus = Math.max(1, ...sides.flatMap((side) => side.facts.map((facts) => facts.cpus ?? 1)));
  const [less, more] = [Math.min(before, after), Math.max(before, after)];
  const ok = more <= cpus || more <= WORK_RATIO * less;
  return {
    aspect: 'Load average',
    before: rounded(before),
    after: rounded(after),
    ok,
    refuses: 'none',
    note: ok ? null : 'one side had more to do, or waited more: a difference may come from other work on the host',
  };
}

function load(sides: Sides, metric: string, aspect: string): Aspect | null {
  const [before, after] = levels(sides, metric);
  if (before === null || after === null) return null;
  const [less, more] = [Math.min(before, after), Math.max(before, after)];
  const ok = more <= LOAD_RATIO * less || more < LEAST_LOAD;
  const times = more / less;
  const size = times < FACTOR ? `${rounded((times - 1) * 100)} %` : `a factor of ${rounded(times)}`;
  return {
    aspect,
    before: `${rounded(before)}/s`,
    after: `${rounded(after)}/s`,
    ok,
    refuses: ok ? 'none' : 'not-per-load',
    note: ok ? null : less <= 0 ? 'one side has no load' : `the load differs by ${size}`,
  };
}
