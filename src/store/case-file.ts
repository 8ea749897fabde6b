import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
/** More is hardly faster (decision 022), and would only let memory grow with the samples. */
const READING_MEMORY_MB = 384;

/** One case: a DuckDB file with any number of runs, hosts and captures. */
export class CaseFile {
  /** For queries; shares nothing with the writers' transactions. */
  readonly connection: DuckDBConnection;
  readonly #database: duckdb.Database;
  readonly #raw: duckdb.Connection;
  readonly #tables: readonly Table[];
  readonly #spill: string | null;
  #closed = false;

  private constructor(
    { database, raw }: Opened,
    tables: readonly Table[],
    /** Folder for what does not fit into memory, where that is not beside the case. */
    spill: string | null,
  ) {
    this.#database = database;
    this.#raw = raw;
    this.#tables = tables;
    this.#spill = spill;
    this.connection = new DuckDBConnection(raw);
  }

  /** Opens a case for import; makes it where the file does not exist yet. */
  static async openOrCreate(path: string, options: CaseOptions): Promise<CaseFile> {
    const isNew = !existsSync(path);
    const opened = await connect(path, options.memoryMb ?? DEFAULT_MEMORY_MB, { access_mode: 'READ_WRITE' });
    const file = new CaseFile(opened, options.tables, null);
    try {
      if (isNew) await file.#create(options.lastackVersion);
      else await checkVersion(file.connection, path);
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /**
   * Opens an existing case for reading only; what does not fit into memory is spilled beside it, or where nothing may be
   * written there into the folder for temporary files. Throws a CliError: exit 2 where there is none, 3 where it cannot be read.
   */
  static async openReadOnly(path: string, memoryMb: number = READING_MEMORY_MB): Promise<CaseFile> {
    if (!existsSync(path))
      throw new CliError(`${path}: no such case file; make one with: lastack import CAPTURE... --case ${path}`, 2);
    const spill = spillFolder(path);
    const settings = { access_mode: 'READ_ONLY', ...(spill === null ? {} : { temp_directory: spill }) };
    let file: CaseFile;
    try {
      file = new CaseFile(await connect(path, memoryMb, settings), [], spill);
    } catch (error) {
      if (spill !== null) rmSync(spill, { recursive: true, force: true });
      throw error;
    }
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
    if (this.#spill !== null) rmSync(this.#spill, { recursive: true, force: true });
  }

  async #create(lastackVersion: string): Promise<void> {
    const statements = ['begin', ...schemaStatements(this.#tables, lastackVersion), 'commit'];
    await duckdb.query(this.#raw, statements.join(';\n'));
  }
}

interface Opened {
  readonly database: duckdb.Database;
  readonly raw: duckdb.Connection;
}

/** A new folder among the temporary files; null where DuckDB may spill beside the case. */
function spillFolder(path: string): string | null {
  try {
    accessSync(dirname(path), constants.W_OK);
    return null;
  } catch {
    return mkdtempSync(join(tmpdir(), 'lastack-spill-'));
  }
}

async function connect(path: string, memoryMb: number, more: Readonly<Record<string, string>>): Promise<Opened> {
  const config = duckdb.create_config();
  const settings: Record<string, string> = {
    memory_limit: `${memoryMb}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    wal_autocheckpoint: '1GB',
    // Of a new case. Its text compression (dict_fsst) takes less time than trying the two older ones on every column.
    storage_compatibility_version: 'v1.3.0',
    ...more,
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
