import { ServerError } from './server-error.ts';

/** Which part of a case is looked at; null does not limit. Times are ISO 8601, UTC. */
export interface Selection {
  readonly run: string | null;
  readonly host: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

/** A selection as it stands in an address. */
export interface SelectionQuery {
  readonly run?: string;
  readonly host?: string;
  readonly since?: string;
  readonly until?: string;
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?))?(Z|[+-]\d\d:\d\d)?$/;

/** Reads a selection. Empty texts do not limit. Throws a ServerError (400). */
export function readSelection(query: SelectionQuery): Selection {
  const text = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
  return {
    run: text(query.run),
    host: text(query.host),
    since: readInstant(text(query.since), 'since'),
    until: readInstant(text(query.until), 'until'),
  };
}

/** A time in UTC unless it has a zone, as ISO 8601; null stays null. Throws a ServerError (400) that names the field. */
export function readInstant(text: string | null, field: string): string | null {
  if (text === null) return null;
  const match = TIME.exec(text.trim());
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`);
  if (Number.isNaN(ms))
    throw new ServerError(400, `"${field}" is no time; write 2026-11-22T20:46:00 (UTC) or 2026-11-22T21:46:00+01:00`);
  return new Date(ms).toISOString();
}

/** The selection as the query of an address, with a `?` when there is something in it. */
export function selectionQuery(selection: Selection): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(selection) as [string, string | null][])
    if (value !== null) query.set(name, value);
  return query.size === 0 ? '' : `?${query}`;
}
