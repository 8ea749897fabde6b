import { readdirSync } from 'node:fs';
import type { Incident } from './incident.ts';

const FOLDER = new URL('incidents/', import.meta.url);

/** The ids of all incidents: the names of their files. */
export const INCIDENTS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.js'))
  .map((name) => name.slice(0, -'.js'.length))
  .sort();

export async function loadIncident(id: string): Promise<Incident> {
  if (!INCIDENTS.includes(id)) throw new Error(`no incident "${id}"; there are ${INCIDENTS.join(', ')}`);
  const module = (await import(new URL(`${id}.js`, FOLDER).href)) as { incident: Incident };
  return module.incident;
}
