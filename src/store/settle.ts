import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../base/table.ts';
import { identifier } from './schema.ts';

/**
 * Removes rows that were seen again in a later sample, for every table that declares `uniqueBy`: the sight of the
 * earliest sample stays, whatever the order of import.
 * Rows in which one of those columns is null cannot be recognised and stay. Safe to run again.
 */
export async function settle(connection: DuckDBConnection, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    if (table.uniqueBy === undefined) continue;
    const name = identifier(table.name);
    const keys = table.uniqueBy.map(identifier);
    await connection.run(`
      delete from ${name} where rowid in (
        select t.rowid from ${name} as t join capture as c using (capture_id)
        where ${keys.map((key) => `t.${key} is not null`).join(' and ')}
        qualify row_number() over (partition by ${['host', ...keys].map((key) => `t.${key}`).join(', ')} order by c.ts, c.capture_id, t.rowid) > 1
      )`);
  }
}
