import duckdb from '@duckdb/node-bindings';
import type { Batch } from '../base/batch.ts';
import type { Table } from '../base/table.ts';
import { type RowOrigin, TableAppender } from './appender.ts';
import { CORE_TABLES } from './core-tables.ts';

/**
 * Appends batches inside one transaction: nothing is visible, and nothing survives a crash, before `commit`.
 * Appenders are opened when first used and kept until the commit.
 */
export class CaseWriter {
  readonly #connection: duckdb.Connection;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #appenders = new Map<string, TableAppender>();
  /** The running transaction's `begin`; null between transactions. */
  #begun: Promise<unknown> | null = null;

  constructor(connection: duckdb.Connection, tables: readonly Table[]) {
    this.#connection = connection;
    this.#tables = new Map([...CORE_TABLES, ...tables].map((table) => [table.name, table]));
  }

  async append(table: string, batch: Batch, origin: RowOrigin): Promise<void> {
    await this.#begin();
    let appender = this.#appenders.get(table);
    if (appender === undefined) {
      const declared = this.#tables.get(table);
      if (declared === undefined) throw new TypeError(`no table ${table} is declared`);
      appender = new TableAppender(this.#connection, declared);
      this.#appenders.set(table, appender);
    }
    appender.append(batch, origin);
  }

  async commit(): Promise<void> {
    if (this.#begun === null) return;
    await this.#begun;
    this.#closeAppenders();
    await duckdb.query(this.#connection, 'commit');
    this.#begun = null;
  }

  async rollback(): Promise<void> {
    if (this.#begun === null) return;
    await this.#begun;
    this.#closeAppenders();
    this.#begun = null;
    try {
      await duckdb.query(this.#connection, 'rollback');
    } catch {
      // A commit that failed has rolled back already.
    }
  }

  close(): void {
    duckdb.disconnect_sync(this.#connection);
  }

  async #begin(): Promise<void> {
    this.#begun ??= duckdb.query(this.#connection, 'begin');
    await this.#begun;
  }

  #closeAppenders(): void {
    for (const appender of this.#appenders.values()) appender.close();
    this.#appenders.clear();
  }
}
