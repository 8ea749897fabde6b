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
    const isPlaced = table.isPlaced === true;
    const compared = isPlaced
      ? `semi join (${overlapping(name, keys)}) as o on (o.host, o.${keys[0]}) = (t.host, t.${keys[0]})`
      : '';
    await connection.run(`
      delete from ${name} where rowid in (
        select t.rowid from ${name} as t join capture as c using (capture_id) ${compared}
        where ${keys.map((key) => `t.${key} is not null`).join(' and ')}
        qualify ${isPlaced ? 'dense_rank' : 'row_number'}() over (
          partition by ${['host', ...keys].map((key) => `t.${key}`).join(', ')}
          order by c.ts, c.capture_id${isPlaced ? '' : ', t.rowid'}
        ) > 1
      )`);
  }
}

/** Files of which two captures hold places that overlap. Sorting all rows would take ten times as long. */
function overlapping(table: string, [file, place]: readonly string[]): string {
  return `
    select distinct host, ${file} from (
      select host, ${file}, first, max(last) over (
        partition by host, ${file} order by first, capture_id rows between unbounded preceding and 1 preceding
      ) as before
      from (
        select host, ${file}, capture_id, min(${place}) as first, max(${place}) as last from ${table}
        group by host, ${file}, capture_id
      )
    ) where first <= before`;
}
