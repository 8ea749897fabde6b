import { InvalidArgumentError } from 'commander';
import type { TimeWindow } from '../analysis/comparison/windows.ts';
import { parseInstant } from './instant.ts';

/** `FROM..TO`. Throws commander's InvalidArgumentError. */
export function parseWindow(text: string): TimeWindow {
  const [, from, to] = /^(.+?)\.\.(.+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('expected FROM..TO, such as 2026-11-22T20:00..2026-11-22T20:30.');
  const window = { since: parseInstant(from), until: parseInstant(to) };
  if (window.since >= window.until) throw new InvalidArgumentError('it ends before it begins.');
  return window;
}
