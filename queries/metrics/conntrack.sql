-- id: conntrack
-- title: Connection tracking
-- why: A full table drops new connections before TCP sees them, while everything else looks idle.
-- needs: conntrack, conntrack_fill, conntrack_stat, sample
-- metrics:
--   conntrack_entries entries gauge none 0 measured Tracked connections, by state
--   conntrack_fill ratio ratio up 0.8 measured Conntrack table, share of its maximum
--   conntrack_drop /s rate up 1 0 New connections dropped by the tracker
--   conntrack_early_drop /s rate up 1 0 Entries evicted to make room
--   conntrack_insert_failed /s rate up 1 measured Entries that could not be inserted
--   conntrack_invalid /s rate up 10 measured Packets that fit no connection
with per_state as (
  select capture_id, coalesce(state, upper(l4proto)) as dimension, count(*) as entries
  from conntrack
  group by all
),
dimension as (
  select distinct s.run, s.host, p.dimension
  from per_state as p
  join sample as s using (capture_id)
),
entries as (
  select s.run, s.host, s.ts, d.dimension, coalesce(p.entries, 0)::double as value
  from sample as s
  semi join per_state using (capture_id)
  join dimension as d using (run, host)
  left join per_state as p on p.capture_id = s.capture_id and p.dimension = d.dimension
),
fill as (
  select s.run, s.host, s.ts, f.entries, f.max_entries
  from conntrack_fill as f
  join sample as s using (capture_id)
),
stat as (
  select s.run, s.host, s.ts, s.seconds, c.cpu, unnest(['conntrack_drop', 'conntrack_early_drop', 'conntrack_insert_failed', 'conntrack_invalid']) as metric,
    unnest([c.dropped, c.early_drop, c.insert_failed, c.invalid]) as value
  from conntrack_stat as c
  join sample as s using (capture_id)
),
grown as (
  select *, value - lag(value) over series as growth, seconds_between(lag(ts) over series, ts) as elapsed
  from stat
  where value is not null
  window series as (partition by run, host, cpu, metric order by ts)
)
select run, host, ts, 'conntrack_entries' as metric, dimension, 'gauge' as kind, value from entries
union all
select run, host, ts, 'conntrack_entries', '', 'gauge', entries::double from fill where entries is not null
union all
select run, host, ts, 'conntrack_fill', '', 'ratio', entries / max_entries::double from fill where max_entries > 0
union all
select run, host, ts, metric, '', 'rate', sum(growth / elapsed)
from grown
where growth >= 0 and elapsed > 0 and seconds is not null
group by run, host, ts, metric
