import type { Cases } from './data/cases.ts';
import type { Imports } from './imports.ts';
import type { Notes } from './notes.ts';
import type { Queries } from './queries.ts';
import type { Reports } from './reports.ts';
import type { Resumable } from './resumable.ts';
import type { Token } from './security/token.ts';
import type { ServerSettings } from './settings.ts';
import type { Uploads } from './uploads.ts';

/** What the routes work with. */
export interface Context {
  readonly settings: ServerSettings;
  readonly cases: Cases;
  readonly imports: Imports;
  readonly reports: Reports;
  readonly queries: Queries;
  readonly notes: Notes;
  /** Ids of the findings the library knows. */
  readonly findings: readonly string[];
  readonly uploads: Uploads;
  readonly resumable: Resumable;
  /** Null: none is asked for. */
  readonly token: Token | null;
}
