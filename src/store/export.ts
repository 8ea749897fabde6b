import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from './schema.ts';

/** A table of a case as it is exported. */
export interface ExportedTable {
  readonly name: string;
  /** Its rows have a host and a time: it is split by them. */
  readonly isSplit: boolean;
}

/** The tables of a case, by name. */
export async function exportedTables(connection: DuckDBConnection): Promise<readonly ExportedTable[]> {
  const reader = await connection.runAndReadAll(
    `select table_name, bool_or(column_name = 'host') and bool_or(column_name = 'ts') as split
     from duckdb_columns() where schema_name = 'main' and not internal group by table_name order by table_name`,
  );
  return reader.getRows().map(([name, isSplit]) => ({ name: String(name), isSplit: isSplit === true }));
}

/**
 * Writes every table that has rows as Parquet into a folder of its own below `folder`, by host and day:
 * `socket/host=www1/day=2026-11-22/data_0.parquet`; rows without a time are of `day=__HIVE_DEFAULT_PARTITION__`. Returns the
 * number of rows.
 */
export async function exportParquet(connection: DuckDBConnection, folder: string): Promise<number> {
  let rows = 0;
  for (const { name, isSplit } of await exportedTables(connection)) {
    const table = identifier(name);
    const counted = Number((await connection.runAndReadAll(`select count(*) from ${table}`)).getRows()[0]?.[0]);
    if (counted === 0) continue;
    rows += counted;
    if (isSplit) {
      await connection.run(
        `copy (select *, strftime(ts, '%Y-%m-%d') as day from ${table}) to ${literal(join(folder, name))}
         (format parquet, partition_by (host, day), compression zstd)`,
      );
    } else {
      await mkdir(join(folder, name));
      await connection.run(
        `copy ${table} to ${literal(join(folder, name, 'data_0.parquet'))} (format parquet, compression zstd)`,
      );
    }
  }
  return rows;
}
