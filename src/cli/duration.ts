import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90`, `90s`, `5m`, `2h` or `1d`. Throws commander's InvalidArgumentError. */
export function parseDuration(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text) ?? [];
  const seconds = Number(number) * UNITS[unit]!;
  if (!(seconds > 0)) throw new InvalidArgumentError('expected a length of time such as 30s, 5m or 1h.');
  return seconds;
}
