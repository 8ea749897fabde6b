/** Part of a run, UTC. */
export interface TimeWindow {
  readonly since: string;
  readonly until: string;
}

/** Two windows with `guardS` seconds left out on each side of where they meet. */
export function withGuard(before: TimeWindow, after: TimeWindow, guardS: number): readonly [TimeWindow, TimeWindow] {
  const moved = (instant: string, seconds: number): string =>
    new Date(Date.parse(instant) + seconds * 1000).toISOString();
  const [first, second] = before.since <= after.since ? [before, after] : [after, before];
  const gap = (Date.parse(second.since) - Date.parse(first.until)) / 1000;
  const cut = Math.max(0, guardS - Math.max(0, gap) / 2);
  const guarded = [
    { ...first, until: moved(first.until, -cut) },
    { ...second, since: moved(second.since, cut) },
  ] as const;
  return first === before ? guarded : [guarded[1], guarded[0]];
}
