import type { DuckDBConnection } from '@duckdb/node-api';

/** What somebody has to say of a case. */
export interface CaseNote {
  readonly id: number;
  /** When it was written, ISO 8601, UTC. */
  readonly written: string;
  readonly author: string;
  readonly text: string;
  /** The time it is about; null for none. */
  readonly at: string | null;
  /** The finding it is about; null for none. */
  readonly finding: string | null;
}

/** Makes the table of notes. A case made before there were notes gets it with its first one. */
export const NOTE_STATEMENTS: readonly string[] = [
  `create table if not exists note (
    note_id integer not null, written timestamp not null, author varchar not null, text varchar not null,
    about_ts timestamp, finding varchar
  )`,
  "comment on table note is 'What people wrote about the case: lastack note, or the web page.'",
  "comment on column note.written is 'When it was written, UTC.'",
  "comment on column note.author is 'Who wrote it, as they say.'",
  "comment on column note.about_ts is 'The time it is about, UTC. Null when it is about none.'",
  "comment on column note.finding is 'Id of the finding it is about. Null when it is about none.'",
];

/** Adds a note. */
export async function addNote(connection: DuckDBConnection, note: Omit<CaseNote, 'id'>): Promise<void> {
  for (const statement of NOTE_STATEMENTS) await connection.run(statement);
  await connection.run(
    `insert into note select coalesce(max(note_id), 0) + 1, $written::timestamp, $author, $text, $at::timestamp, $finding from note`,
    { ...note, written: plainTime(note.written), at: note.at === null ? null : plainTime(note.at) },
  );
}

/** Removes a note, if it is there. */
export async function removeNote(connection: DuckDBConnection, id: number): Promise<void> {
  if (await hasNotes(connection)) await connection.run('delete from note where note_id = $1', [id]);
}

/** All notes, the oldest first. */
export async function readNotes(connection: DuckDBConnection): Promise<readonly CaseNote[]> {
  if (!(await hasNotes(connection))) return [];
  const reader = await connection.runAndReadAll(
    'select note_id, epoch_ms(written), author, text, epoch_ms(about_ts), finding from note order by note_id',
  );
  return reader.getRows().map(([id, written, author, text, at, finding]) => ({
    id: Number(id),
    written: new Date(Number(written)).toISOString(),
    author: String(author),
    text: String(text),
    at: at === null ? null : new Date(Number(at)).toISOString(),
    finding: finding === null ? null : String(finding),
  }));
}

async function hasNotes(connection: DuckDBConnection): Promise<boolean> {
  const reader = await connection.runAndReadAll("select 1 from duckdb_tables() where table_name = 'note'");
  return reader.currentRowCount > 0;
}

function plainTime(instant: string): string {
  return instant.replace('T', ' ').replace('Z', '');
}
