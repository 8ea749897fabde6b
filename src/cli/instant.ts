import { UTCDate } from '@date-fns/utc/date';
import { InvalidArgumentError } from 'commander';
import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';

/**
 * A time from the command line as UTC, ISO 8601: `2026-11-22T20:46`, `2026-11-22 20:46:09`, with `Z` or `+01:00` where it is
 * not UTC. Throws commander's InvalidArgumentError.
 */
export function parseInstant(text: string): string {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const date = parseISO(zoned ? text : `${text}Z`, { in: (value) => new UTCDate(value) });
  const parsed = isValid(date) ? date : parseISO(text, { in: (value) => new UTCDate(value) });
  if (!isValid(parsed))
    throw new InvalidArgumentError('expected a time such as 2026-11-22T20:46:00 (UTC) or 2026-11-22T21:46:00+01:00.');
  return new Date(parsed.getTime()).toISOString();
}
