import type { DuckDBConnection } from '@duckdb/node-api';
import type { Sights, Table } from '../base/table.ts';
import { identifier } from './schema.ts';

const SECOND_US = 1_000_000;

/**
 * Removes what a second log of a sample says too, one second later: logs that print whole seconds take the time themselves, and
 * a second may end in between. A line of one log stands for that of the other where the other has none at its own second,
 * and both logs begin before and end after both: a message of its own would be in both of them.
 * Only of samples from `firstId` on, and before `settle`: later it is not known any more which logs held a line.
 */
export async function settleTurns(
  connection: DuckDBConnection,
  tables: readonly Table[],
  firstId: number,
): Promise<void> {
  for (const table of tables)
    if (table.sights !== undefined) await connection.run(statement(table.name, table.sights, firstId));
}

function statement(tableName: string, sights: Sights, firstId: number): string {
  const table = identifier(tableName);
  const [text, moment, step, logHost, log] = [sights.text, sights.moment, sights.step, sights.logHost, sights.log].map(
    identifier,
  );
  return `
    delete from ${table} where capture_id >= ${firstId} and (host, ${text}, ${moment}) in (
      with line as (
        select distinct capture_id, host, lower(split_part(coalesce(${logHost}, host), '.', 1)) as name, ${log} as log,
          ${text} as text, ${moment} as moment, epoch_us(ts) as at_us
        from ${table}
        where capture_id >= ${firstId} and ts is not null and starts_with(${moment}, '@') and ${step} = 1000
      ),
      log as (
        select capture_id, host, log, min(at_us) as began_us, max(at_us) as ended_us from line group by all
      ),
      pair as (
        select capture_id, host, one.log as log, other.log as other,
          greatest(one.began_us, other.began_us) as began_us, least(one.ended_us, other.ended_us) as ended_us
        from log as one join log as other using (capture_id, host)
        where one.log <> other.log
      ),
      alone as (
        select line.*, pair.other,
          row_number() over (
            partition by line.capture_id, line.host, name, line.log, other, text, at_us order by length(moment), moment
          ) as nth
        from line join pair using (capture_id, host, log)
        where at_us between pair.began_us and pair.ended_us and not exists (
          from line as same
          where (same.capture_id, same.host, same.name, same.log, same.text, same.moment)
            = (line.capture_id, line.host, line.name, pair.other, line.text, line.moment)
        )
      ),
      second as (
        select distinct capture_id, host, name, log, other, text, at_us from alone
      ),
      turn as (
        select late.*
        from alone as late join alone as early on (
          (early.capture_id, early.host, early.name, early.log, early.other, early.text, early.nth, early.at_us)
          = (late.capture_id, late.host, late.name, late.other, late.log, late.text, late.nth, late.at_us - ${SECOND_US})
        )
        where not exists (
          from second as next
          where (next.capture_id, next.host, next.name, next.log, next.other, next.text, next.at_us)
            = (late.capture_id, late.host, late.name, late.other, late.log, late.text, late.at_us + ${SECOND_US})
        ) and not exists (
          from second as last
          where (last.capture_id, last.host, last.name, last.log, last.other, last.text, last.at_us)
            = (late.capture_id, late.host, late.name, late.log, late.other, late.text, late.at_us - 2 * ${SECOND_US})
        )
      )
      select host, text, moment from turn
    )`;
}
