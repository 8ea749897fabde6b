import type { Postmortem, WhoGroup } from '../../analysis/document.ts';
import { epochMs } from '../text/time.ts';
import { TICK_STEPS } from './axis.ts';
import type { Span } from './draw.ts';
import type { HostLanes } from './lanes.ts';
import type { Measure } from './measures.ts';
import type { LaneRow } from './row.ts';
import { whoValues } from './who-values.ts';

/** Names of a group that the page lists. */
export const MOST_NAMES = 6;
const SHORTEST_MS = 10_000;

/** What the client needs to know of the timeline; columnar, each list of times only once. */
export interface ClientData {
  readonly from: number;
  readonly to: number;
  readonly onset: number | null;
  /** The window that was found. */
  readonly window: Span | null;
  readonly steps: readonly number[];
  /** Lists of times: the first in milliseconds since 1970, then distances. */
  readonly times: readonly (readonly number[])[];
  /** By `data-row`; null where a row has no values. */
  readonly rows: readonly (ClientRow | null)[];
  /** What is shown at first: the window found, where it is a small part of a long recording. */
  readonly open: Span;
  /** By `data-measure`. */
  readonly measures: readonly {
    readonly times: number;
    readonly value: readonly (number | null)[];
    readonly unit: string;
    readonly fold: string;
  }[];
  /** By `data-who`, the rows by `data-name`. */
  readonly who: readonly {
    readonly times: number;
    readonly fold: string;
    readonly rows: readonly (readonly number[])[];
    readonly total: readonly number[];
  }[];
}

interface ClientRow {
  readonly holds: string;
  readonly reach: number;
  readonly series: readonly {
    readonly name: string;
    readonly unit: string;
    readonly times: number;
    readonly value: readonly (number | null)[];
  }[];
}

/** Packs the values of all rows, in the order in which the page numbers them. */
export function clientData(
  document: Postmortem,
  hosts: readonly HostLanes[],
  span: Span,
  measures: readonly Measure[],
  groups: readonly WhoGroup[],
): ClientData {
  const times = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const listOf = (at: readonly number[]): number => {
    const key = at.join();
    const known = times.get(key);
    if (known !== undefined) return known;
    times.set(key, lists.length);
    return lists.push(at.map((time, i) => (i === 0 ? time : time - at[i - 1]!))) - 1;
  };
  const pack = (row: LaneRow): ClientRow | null =>
    row.values.length === 0
      ? null
      : {
          holds: row.holds,
          reach: row.reachMs,
          series: row.values.map(({ name, unit, at, value }) => ({
            name,
            unit,
            times: listOf(at),
            value: value.map(short),
          })),
        };
  const rows = hosts.flatMap((host) => host.lanes.flatMap((lane) => lane.rows.map(pack)));
  const onset = document.window === null ? null : epochMs(document.window.start);
  return {
    from: span.from,
    to: span.to,
    onset,
    window:
      document.window === null ? null : { from: epochMs(document.window.start), to: epochMs(document.window.end) },
    open: opening(document, span),
    steps: TICK_STEPS,
    rows,
    measures: measures.map(({ at, value, unit, fold }) => ({ times: listOf(at), value: value.map(short), unit, fold })),
    who: groups.map((group) => {
      const { at, rows, total } = whoValues(group, MOST_NAMES);
      return { times: listOf(at), fold: group.fold, rows, total };
    }),
    times: lists,
  };
}

/** The window with its own length on both sides, where it is under a tenth of the recording: else it were a needle. */
function opening({ window }: Postmortem, span: Span): Span {
  if (window === null) return span;
  const [from, to] = [epochMs(window.start), epochMs(window.end)];
  const length = Math.max(to - from, SHORTEST_MS);
  if (length * 10 >= span.to - span.from) return span;
  return { from: Math.max(span.from, from - length), to: Math.min(span.to, to + length) };
}

/** Four significant digits: more than a reader of a crosshair uses. */
function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
