import type { DuckDBConnection } from '@duckdb/node-api';
import type { Sights, Table } from '../base/table.ts';
import { identifier } from './schema.ts';

/** Farther apart, equal texts are two. Whole seconds, and what a log daemon takes. */
const NEAR_US = 2_000_000;
/** How far the kernel's clock may have drifted from the time of day since boot. */
const MOST_DRIFT_US = 600_000_000;
/** Messages both logs hold once each, from which the drift is told, and how well they must agree. */
const LEAST_PAIRS = 3;

/**
 * Removes rows that say less exactly what another log says too: the same text within two seconds, at a time known less
 * well. Where enough texts that both logs hold but once agree on how far the clocks are apart, that is taken off before.
 * Rows of equally well known times stay, and so do those whose time is known no better than to the minute. Safe to run again.
 */
export async function settleSights(connection: DuckDBConnection, tables: readonly Table[]): Promise<void> {
  for (const table of tables) if (table.sights !== undefined) await connection.run(statement(table.name, table.sights));
}

function statement(tableName: string, sights: Sights): string {
  const table = identifier(tableName);
  const [text, moment, step, boot, logHost] = [
    sights.text,
    sights.moment,
    sights.step,
    sights.boot,
    sights.logHost,
  ].map(identifier);
  return `
    delete from ${table} where rowid in (
      with named as (
        select rowid, *, lower(split_part(coalesce(${logHost}, host), '.', 1)) as name from ${table}
      ),
      own as (
        select host, name from named group by host, name
        qualify name = lower(split_part(host, '.', 1)) or count(*) over (partition by host) = 1
      ),
      sight as (
        select rowid as id, host, ${text} as text, ${boot} as boot,
          epoch_us(ts) + (coalesce(${step}, 0) * 500)::bigint as at_us,
          case when regexp_matches(${moment}, '^@| ~') then 1 + coalesce(${step}, 0) else 0 end as vagueness
        from named semi join own using (host, name)
        where ts is not null and ${moment} is not null and coalesce(${step}, 0) <= 1000
      ),
      shared as (
        select * from sight
        window same as (partition by host, text)
        qualify min(vagueness) over same <> max(vagueness) over same
      ),
      once as (
        select * from shared
        qualify count(*) over (partition by host, text, vagueness, boot) = 1
      ),
      drift as (
        select host, exact.boot, median(vague.at_us - exact.at_us)::bigint as us
        from once as exact join once as vague using (host, text)
        where exact.vagueness = 0 and vague.vagueness > 0 and abs(vague.at_us - exact.at_us) < ${MOST_DRIFT_US}
        group by all
        having count(*) >= ${LEAST_PAIRS}
          and quantile_cont(vague.at_us - exact.at_us, 0.9) - quantile_cont(vague.at_us - exact.at_us, 0.1) <= ${NEAR_US}
      ),
      corrected as (
        select id, host, text, vagueness, at_us + if(vagueness = 0, coalesce(us, 0), 0) as at_us
        from shared left join drift using (host, boot)
      ),
      better as (
        select host, text, vagueness, at_us, unnest([at_us // ${NEAR_US} - 1, at_us // ${NEAR_US}, at_us // ${NEAR_US} + 1]) as slot
        from (select distinct host, text, vagueness, at_us from corrected)
      )
      select worse.id from corrected as worse semi join better on (
        better.host = worse.host and better.text = worse.text and better.slot = worse.at_us // ${NEAR_US}
        and better.vagueness < worse.vagueness and abs(better.at_us - worse.at_us) <= ${NEAR_US}
      )
    )`;
}
