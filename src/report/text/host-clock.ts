import type { Instant, Postmortem } from '../../analysis/document.ts';
import { hostZone } from '../../base/zone.ts';
import { epochMs, timeSpan } from './time.ts';

/** What the clock of a host showed, beside the UTC of the page. */
export interface HostClock {
  readonly host: string;
  /** As the host calls it, with the distance: `CET (UTC+01:00)`; two where the clocks changed. */
  readonly name: string;
  /** The abbreviation alone, or the distance. */
  readonly short: string;
  /** IANA name; undefined where only the distance is known. */
  readonly id: string | undefined;
  /** How far it was ahead of UTC, in milliseconds. */
  shiftMs(at: number): number;
  /** Like `timeSpan`, as the clock showed it. */
  span(start: Instant, end: Instant): string;
}

/** The clocks of those hosts that did not show UTC. */
export function hostClocks({ hosts, recorded }: Pick<Postmortem, 'hosts' | 'recorded'>): readonly HostClock[] {
  return hosts.flatMap((host) => {
    const zone = hostZone(host.zoneId, host.zoneOffsetMin ?? 0);
    const shiftMs = (at: number): number => zone.shiftUs(at * 1000) / 1000;
    const shifts = [recorded.start, recorded.end].map((at) => shiftMs(epochMs(at)));
    if (shifts.every((shift) => shift === 0)) return [];
    const distances = [...new Set(shifts)].map(distance).join(' and ');
    const named = host.zone !== null && /^[A-Za-z]+$/.test(host.zone) && new Set(shifts).size === 1;
    return [
      {
        host: host.name,
        name: named ? `${host.zone} (${distances})` : distances,
        short: named ? host.zone : distances,
        id: host.zoneId ?? undefined,
        shiftMs,
        span: (start: Instant, end: Instant) =>
          timeSpan(epochMs(start) + shiftMs(epochMs(start)), epochMs(end) + shiftMs(epochMs(end))),
      },
    ];
  });
}

function distance(shiftMs: number): string {
  const minutes = Math.abs(Math.round(shiftMs / 60_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${shiftMs < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
