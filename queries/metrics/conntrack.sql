-- id: conntrack
-- title: Connection tracking
-- why: A full table drops new connections before TCP sees them, while everything else looks idle.
-- needs: conntrack, conntrack_fill, conntrack_stat, sysctl, sample
-- metrics:
--   conntrack_entries entries gauge none 0 measured Tracked connections, by state
--   conntrack_fill ratio ratio up 0.8 measured Conntrack table, share of its maximum
--   conntrack_drop /s rate up 1 0 New connections dropped by the tracker
--   conntrack_early_drop /s rate up 1 0 Entries evicted to make room
--   conntrack_insert_failed /s rate up 1 measured Entries that could not be inserted
--   conntrack_invalid /s rate up 10 measured Packets that fit no connection
-- compare:
--   conntrack_drop down primary 0.1 10%
--   conntrack_fill down secondary 0.05 10%
--   conntrack_invalid down secondary 1 20%
with per_state as (
  select capture_id, upper(name) as dimension, sum(entries)::bigint as entries
  from (select capture_id, coalesce(state, l4proto) as name, count(*) as entries from conntrack group by all)
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
listed as (select capture_id, sum(entries) as entries from per_state group by all),
maximum as (
  select s.run, s.host, arg_max(try_cast(k.value as bigint), s.ts) as most
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.netfilter.nf_conntrack_max'
  group by all
),
-- A table never holds more than its maximum: a maximum below the entries listed beside it was misread, and sysctl's stands.
fill as (
  select s.run, s.host, s.ts, greatest(f.entries, l.entries) as entries,
    case when f.max_entries >= greatest(f.entries, l.entries) then f.max_entries else m.most end as max_entries
  from conntrack_fill as f
  join sample as s using (capture_id)
  left join listed as l using (capture_id)
  left join maximum as m on m.run = s.run and m.host = s.host
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
-- The listing takes a moment, in which a full table may turn over a little.
select run, host, ts, 'conntrack_fill', '', 'ratio', least(1, entries / max_entries::double) from fill where entries <= 1.02 * max_entries and max_entries > 0
union all
select run, host, ts, metric, '', 'rate', sum(growth / elapsed)
from grown
where growth >= 0 and elapsed > 0 and seconds is not null
group by run, host, ts, metric
