-- id: setting_change
-- title: Settings that changed between two samples of a run
-- why: Somebody who turned a knob during the outage changed what every later sample shows.
-- needs: sysctl, setting, sample
-- params:
--   share DOUBLE 0.34 ratio share of the samples in which a value may differ from the one before and still be a setting
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   ts TIMESTAMP first sample with the new value
--   since TIMESTAMP last sample with the old one
--   kind VARCHAR sysctl or apache
--   key VARCHAR sysctl key, or Apache directive
--   before VARCHAR value before; null: was not there
--   after VARCHAR value after; null: is no longer there
-- refs:
--   sysctl also prints states of the kernel; what changes all the time is one, by its name or by how often it does.
with kernel as (
  select s.run, s.host, s.capture_id, k.key, any_value(k.value) as value
  from sysctl as k
  join sample as s using (capture_id)
  where not regexp_matches(k.key, '(^fs\.(file-nr|inode|dentry|aio-nr|quota)|_count$|^kernel\.(random|ns_last_pid|pty|perf)|^kernel\..*(sem_next|msg_next|shm_next)|^dev\.|hostname)')
  group by all
),
-- Directives may stand several times; together they are one value.
apache as (
  select s.run, s.host, s.capture_id, t.key || case when coalesce(t.scope, '-') = '-' then '' else ' in ' || t.scope end as key,
    string_agg(t.value, ' | ' order by t.origin, t.value) as value
  from setting as t
  join sample as s using (capture_id)
  where coalesce(t.scope, '-') not in ('version', 'compiled', 'run', 'include', 'message')
  group by all
),
seen as (
  select *, 'sysctl' as kind from kernel
  union all
  select *, 'apache' from apache
),
looked as (
  select kind, run, host, s.capture_id, s.ts, row_number() over (partition by kind, run, host order by s.ordinal) as n, count(*) over (partition by kind, run, host) as total
  from (select distinct kind, run, host, capture_id from seen) as l
  join sample as s using (run, host, capture_id)
),
grid as (
  select l.kind, l.run, l.host, l.ts, l.n, l.total, k.key, v.value
  from looked as l
  join (select distinct kind, run, host, key from seen) as k using (kind, run, host)
  left join seen as v on v.kind = l.kind and v.capture_id = l.capture_id and v.key = k.key
),
stepped as (
  select *, lag(value) over series as before, lag(ts) over series as since
  from grid
  window series as (partition by kind, run, host, key order by n)
)
select run, host, ts, since, kind, key, before, value as after
from stepped
where since is not null and value is distinct from before
qualify count(*) over (partition by kind, run, host, key) <= greatest(1, $share * total)
