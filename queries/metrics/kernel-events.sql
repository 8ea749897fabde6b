-- id: kernel-events
-- title: Kernel messages by event
-- why: The kernel says some things only once; when it does, the time is exact.
-- needs: kernel_log, sample, recording, log_bucket
-- metrics:
--   kernel_events /s rate none 0 measured Kernel messages by event
with line as (
  select s.run, s.host, time_bucket(to_seconds(r.bucket_s), k.ts, timestamp '2000-01-01') as ts, k.event as dimension
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event is not null and k.ts between r.log_from and r.log_until
),
counted as (select run, host, ts, dimension, count(*) as lines from line group by all)
select b.run, b.host, b.ts, 'kernel_events' as metric, d.dimension, 'rate' as kind, coalesce(c.lines, 0) / b.bucket_s::double as value
from log_bucket as b
join (select distinct run, host, dimension from counted) as d using (run, host)
left join counted as c on c.run = b.run and c.host = b.host and c.ts = b.ts and c.dimension = d.dimension
