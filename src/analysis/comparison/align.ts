import { loadStep } from './load-step.ts';
import type { RawSeries, SideData } from './read-side.ts';

export type Alignment = 'clock' | 'start' | 'onset' | 'load';

const LOAD = ['TcpPassiveOpens', 'requests'];

/** From when to when a run is judged, and what its time zero is; milliseconds since 1970 UTC. */
export interface Anchored {
  readonly zero: number;
  readonly from: number;
  readonly to: number;
}

/** The load of a run, of one host of it or of the first: incoming connections, else requests, per second. */
export function loadOf(series: readonly RawSeries[], run: string, host?: string): RawSeries | null {
  const own = series.filter((one) => one.run === run && one.host === (host ?? one.host) && one.dimension === '');
  for (const metric of LOAD) {
    const found = own.find((one) => one.metric === metric);
    if (found !== undefined && found.value.length > 0) return found;
  }
  return null;
}

/**
 * What of each run is judged. `start`: all of it; `clock`: the times of day that both sides have; `onset`: from the first
 * onset of a finding above info plus the guard; `load`: from the step of the load; both for as long as every run lasts.
 * Or why there is nothing to align by.
 */
export function anchors(
  sides: readonly [SideData, SideData],
  align: Alignment,
  guardS: number,
): { readonly runs: ReadonlyMap<string, Anchored> } | { readonly why: string } {
  const spans = sides.flatMap((side, place) =>
    runsOf(side).map((run): Span => {
      const facts = side.facts.filter((fact) => fact.run === run);
      return {
        key: anchorKey(place, run),
        side,
        run,
        from: Math.min(...facts.map((fact) => Date.parse(fact.start))),
        to: Math.max(...facts.map((fact) => Date.parse(fact.end))),
      };
    }),
  );
  if (align === 'start') return { runs: new Map(spans.map(({ key, from, to }) => [key, { zero: from, from, to }])) };
  if (align === 'clock') return byClock(spans);
  const zeros = spans.map((span) => (align === 'load' ? stepOf(sides, span) : onsetOf(span)));
  const without = zeros.indexOf(null);
  if (without >= 0)
    return { why: `run "${spans[without]!.run}" has no ${align === 'load' ? 'step in its load' : 'onset'}` };
  const lengths = spans.map(({ to }, i) => to - zeros[i]! - guardS * 1000);
  const shortest = lengths.indexOf(Math.min(...lengths));
  if (lengths[shortest]! <= 0) return { why: `run "${spans[shortest]!.run}" ends within ${guardS} s of it` };
  return {
    runs: new Map(
      spans.map(({ key }, i) => {
        const from = zeros[i]! + guardS * 1000;
        return [key, { zero: zeros[i]!, from, to: from + lengths[shortest]! }];
      }),
    ),
  };
}

interface Span {
  readonly key: string;
  readonly side: SideData;
  readonly run: string;
  readonly from: number;
  readonly to: number;
}

export function anchorKey(side: number, run: string): string {
  return `${side}/${run}`;
}

export function runsOf(side: SideData): string[] {
  return [...new Set(side.facts.map((fact) => fact.run))];
}

const DAY_MS = 86_400_000;

/** Runs are moved by whole days to where the first one lies, so that a run may go on past midnight. */
function byClock(spans: readonly Span[]): { runs: Map<string, Anchored> } | { why: string } {
  const middle = ({ from, to }: Span): number => (from + to) / 2;
  const days = spans.map((span) => DAY_MS * Math.round((middle(span) - middle(spans[0]!)) / DAY_MS));
  const from = Math.max(...spans.map((span, i) => span.from - days[i]!));
  const to = Math.min(...spans.map((span, i) => span.to - days[i]!));
  if (from >= to) return { why: 'the runs have no time of day in common' };
  const midnight = Math.floor(from / DAY_MS) * DAY_MS;
  const anchored = (day: number): Anchored => ({ zero: midnight + day, from: from + day, to: to + day });
  return { runs: new Map(spans.map(({ key }, i) => [key, anchored(days[i]!)])) };
}

function onsetOf({ side, from, to }: Span): number | null {
  const onsets = side.postmortem.findings
    .filter((finding) => finding.severity !== 'info')
    .map((finding) => Date.parse(finding.onset))
    .filter((at) => at >= from && at <= to);
  return onsets.length === 0 ? null : Math.min(...onsets);
}

function stepOf(sides: readonly [SideData, SideData], { side, run }: Span): number | null {
  const loads = sides.map((one) => loadOf(one.series, runsOf(one)[0]!));
  const own = loadOf(side.series, run);
  if (own === null || !loads[0] || !loads[1]) return null;
  const step = loadStep(loads[0].value, loads[1].value);
  if (step === null) return null;
  const at = own.value.findIndex((value) => value >= step);
  return at < 0 ? null : own.at[at]!;
}
