import { existsSync } from 'node:fs';
import { DuckDBConnection } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { CliError } from '../base/errors.ts';
import type { Table } from '../base/table.ts';
import { CaseWriter } from './case-writer.ts';
import { CASE_SCHEMA_VERSION, schemaStatements } from './schema.ts';

export interface CaseOptions {
  /** Tables to make in a new case, and to append to. */
  readonly tables: readonly Table[];
  readonly lastackVersion: string;
  /** DuckDB's own memory limit in MB; past it, it spills beside the case file. */
  readonly memoryMb?: number;
}

const DEFAULT_MEMORY_MB = 256;

/** One case: a DuckDB file with any number of runs, hosts and captures. */
export class CaseFile {
  /** For queries; shares nothing with the writers' transactions. */
  readonly connection: DuckDBConnection;
  readonly #database: duckdb.Database;
  readonly #raw: duckdb.Connection;
  readonly #tables: readonly Table[];
  #closed = false;

  private constructor(database: duckdb.Database, raw: duckdb.Connection, tables: readonly Table[]) {
    this.#database = database;
    this.#raw = raw;
    this.#tables = tables;
    this.connection = new DuckDBConnection(raw);
  }

  /** Opens a case for import; makes it where the file does not exist yet. */
  static async openOrCreate(path: string, options: CaseOptions): Promise<CaseFile> {
    const isNew = !existsSync(path);
    const { database, raw } = await connect(path, options.memoryMb ?? DEFAULT_MEMORY_MB, false);
    const file = new CaseFile(database, raw, options.tables);
    try {
      if (isNew) await file.#create(options.lastackVersion);
      else await checkVersion(file.connection, path);
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /** Opens an existing case for reading only. Throws a CliError: exit 2 where there is none, 3 where it cannot be read. */
  static async openReadOnly(path: string, memoryMb = 768): Promise<CaseFile> {
    if (!existsSync(path))
      throw new CliError(`${path}: no such case file; make one with: lastack import CAPTURE... --case ${path}`, 2);
    const { database, raw } = await connect(path, memoryMb, true);
    const file = new CaseFile(database, raw, []);
    try {
      await checkVersion(file.connection, path);
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /** A writer with a transaction of its own; two of them may append at the same time. */
  async writer(): Promise<CaseWriter> {
    return new CaseWriter(await duckdb.connect(this.#database), this.#tables);
  }

  /**
   * Has DuckDB work on the calling thread alone, or again on all cores. An appender's flush is a query of one task: with a
   * second thread to take it, the calling one spins until it is done.
   */
  async workAlone(alone: boolean): Promise<void> {
    await this.connection.run(alone ? 'set threads = 1' : 'reset threads');
  }

  /** Writes everything to the file. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    duckdb.disconnect_sync(this.#raw);
    duckdb.close_sync(this.#database);
  }

  async #create(lastackVersion: string): Promise<void> {
    const statements = ['begin', ...schemaStatements(this.#tables, lastackVersion), 'commit'];
    await duckdb.query(this.#raw, statements.join(';\n'));
  }
}

async function connect(
  path: string,
  memoryMb: number,
  readOnly: boolean,
): Promise<{ database: duckdb.Database; raw: duckdb.Connection }> {
  const config = duckdb.create_config();
  const settings: Record<string, string> = {
    memory_limit: `${memoryMb}MB`,
    access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    wal_autocheckpoint: '1GB',
    // Of a new case. Its text compression (dict_fsst) takes less time than trying the two older ones on every column.
    storage_compatibility_version: 'v1.3.0',
  };
  for (const [name, value] of Object.entries(settings)) duckdb.set_config(config, name, value);
  try {
    const database = await duckdb.open(path, config);
    const raw = await duckdb.connect(database);
    return { database, raw };
  } catch (error) {
    throw new CliError(openFailure(path, error), 3, { cause: error });
  }
}

function openFailure(path: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/lock/i.test(message)) return `${path} is in use by another process; try again when it is done`;
  if (/not a valid DuckDB database/i.test(message))
    return `${path} is not a case file; make one with: lastack import CAPTURE... --case FILE`;
  return `${path} cannot be opened as a case file: ${message.split('\n')[0]}`;
}

async function checkVersion(connection: DuckDBConnection, path: string): Promise<void> {
  let version: number;
  try {
    const reader = await connection.runAndReadAll('select schema_version from lastack_case');
    version = Number(reader.getRows()[0]?.[0]);
  } catch (error) {
    throw new CliError(`${path} is a DuckDB file but not a lastack case`, 3, { cause: error });
  }
  if (version < CASE_SCHEMA_VERSION) {
    throw new CliError(
      `${path} was written by an older lastack (case schema ${version}, this one reads ${CASE_SCHEMA_VERSION}): make it anew with: lastack import CAPTURE... --case FILE`,
      3,
    );
  }
  if (version > CASE_SCHEMA_VERSION) {
    throw new CliError(
      `${path} was written by a newer lastack (case schema ${version}, this one reads ${CASE_SCHEMA_VERSION}): use that version, or import the captures again`,
      3,
    );
  }
}
