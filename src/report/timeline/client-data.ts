import type { Postmortem } from '../../analysis/document.ts';
import { epochMs } from '../text/time.ts';
import { TICK_STEPS } from './axis.ts';
import type { Span } from './draw.ts';
import type { HostLanes } from './lanes.ts';
import type { LaneRow } from './row.ts';

/** What the client needs to know of the timeline; columnar, each list of times only once. */
export interface ClientData {
  readonly from: number;
  readonly to: number;
  readonly onset: number | null;
  readonly steps: readonly number[];
  /** Lists of times: the first in milliseconds since 1970, then distances. */
  readonly times: readonly (readonly number[])[];
  /** By `data-row`; null where a row has no values. */
  readonly rows: readonly (ClientRow | null)[];
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
export function clientData(document: Postmortem, hosts: readonly HostLanes[], span: Span): ClientData {
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
  return { from: span.from, to: span.to, onset, steps: TICK_STEPS, times: lists, rows };
}

/** Four significant digits: more than a reader of a crosshair uses. */
function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
