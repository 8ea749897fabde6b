-- id: risen_moment
-- title: The moments at which the members of what rose are counted
-- why: A long recording is not looked at sample by sample; a moment with nobody is a zero, a sample that is missing is none.
-- needs: risen, socket, conntrack, sample, log_bucket
-- params:
--   points INTEGER 240 points most samples or buckets that are looked at, evenly spread
--   dumps INTEGER 60 samples most conntrack listings that are looked at
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   population VARCHAR as in risen
--   at_ts TIMESTAMP the sample, or the start of the buckets that are added up
--   capture_id INTEGER the sample; null for requests
--   bucket TIMESTAMP log bucket; null for samples
with looked as (
  select 'socket' as kind, capture_id from (select distinct capture_id from socket)
  union all
  select 'conntrack', capture_id from (select distinct capture_id from conntrack)
),
ordered as (
  select r.run, r.host, r.population, s.ts, s.capture_id, row_number() over series as n,
    case r.population when 'conntrack' then $dumps else $points end as most,
    count(*) over (partition by r.run, r.host, r.population) as total
  from risen as r
  join sample as s using (run, host)
  join looked as l on l.capture_id = s.capture_id and l.kind = case r.population when 'conntrack' then 'conntrack' else 'socket' end
  where r.population not in ('requests', 'failed-requests')
  window series as (partition by r.run, r.host, r.population order by s.ordinal)
),
buckets as (
  select r.run, r.host, r.population, b.ts as bucket,
    (row_number() over series - 1) // ceil(count(*) over (partition by r.run, r.host, r.population) / $points::double) as part
  from risen as r
  join log_bucket as b using (run, host)
  where r.population in ('requests', 'failed-requests')
  window series as (partition by r.run, r.host, r.population order by b.ts)
)
select run, host, population, ts as at_ts, capture_id, null::timestamp as bucket
from ordered
where (n - 1) % ceil(total / most::double) = 0
union all
select run, host, population, min(bucket) over (partition by run, host, population, part), null, bucket
from buckets
