import { loadStep } from './load-step.ts';
import type { RawSeries, SideData } from './read-side.ts';

export type Alignment = 'clock' | 'start' | 'onset' | 'load';

const LOAD = ['TcpPassiveOpens', 'requests'];

/** From when to when each run is judged, and what its time zero is; milliseconds since 1970 UTC. */
export interface Anchored {
  readonly zero: number;
  readonly from: number;
  readonly to: number;
}

/** The load of a run: incoming connections, else requests, per second. */
export function loadOf(series: readonly RawSeries[], run: string): RawSeries | null {
  for (const metric of LOAD) {
    const found = series.find((one) => one.run === run && one.metric === metric && one.dimension === '');
    if (found !== undefined && found.value.length > 0) return found;
  }
  return null;
}

/**
 * What of each run is judged. `start`: all of it; `clock`: the times of day that both sides have; `onset`: from the first
 * onset of a finding above info plus the guard; `load`: from the step of the load; both for as long as every run lasts.
 * Null where a run has nothing to align by, with its name.
 */
export function anchors(
  sides: readonly [SideData, SideData],
  align: Alignment,
  guardS: number,
): { readonly runs: ReadonlyMap<string, Anchored> } | { readonly missing: string } {
  const spans = sides.flatMap((side, place) =>
    runsOf(side).map((run) => {
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
  const zeros = spans.map(({ side, run, from }) =>
    align === 'load' ? stepOf(sides, side, run) : onsetOf(side, run, from),
  );
  const without = zeros.indexOf(null);
  if (without >= 0) return { missing: spans[without]!.run };
  const length = Math.min(...spans.map(({ to }, i) => to - zeros[i]! - guardS * 1000));
  return {
    runs: new Map(
      spans.map(({ key }, i) => {
        const from = zeros[i]! + guardS * 1000;
        return [key, { zero: zeros[i]!, from, to: from + Math.max(0, length) }];
      }),
    ),
  };
}

export function anchorKey(side: number, run: string): string {
  return `${side}/${run}`;
}

export function runsOf(side: SideData): string[] {
  return [...new Set(side.facts.map((fact) => fact.run))];
}

const DAY_MS = 86_400_000;

function byClock(spans: readonly { key: string; from: number; to: number }[]): { runs: Map<string, Anchored> } {
  const midnight = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;
  const from = Math.max(...spans.map((span) => span.from - midnight(span.from)));
  const to = Math.min(...spans.map((span) => span.to - midnight(span.from)));
  return {
    runs: new Map(
      spans.map((span) => {
        const zero = midnight(span.from);
        return [span.key, { zero, from: zero + from, to: zero + to }];
      }),
    ),
  };
}

function onsetOf(side: SideData, run: string, from: number): number | null {
  const onsets = side.postmortem.findings
    .filter((finding) => finding.severity !== 'info')
    .map((finding) => Date.parse(finding.onset))
    .filter((at) => at >= from);
  return onsets.length === 0 || runsOf(side).length > 1 || runsOf(side)[0] !== run ? null : Math.min(...onsets);
}

function stepOf(sides: readonly [SideData, SideData], side: SideData, run: string): number | null {
  const loads = sides.map((one) => loadOf(one.series, runsOf(one)[0]!));
  const own = loadOf(side.series, run);
  if (own === null || !loads[0] || !loads[1]) return null;
  const step = loadStep(loads[0].value, loads[1].value);
  if (step === null) return null;
  const at = own.value.findIndex((value) => value >= step);
  return at < 0 ? null : own.at[at]!;
}
