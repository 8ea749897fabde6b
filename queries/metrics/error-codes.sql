-- id: error-codes
-- title: Apache error-log lines by code
-- why: The codes say what Apache itself noticed, and when.
-- needs: error_log, sample, recording, log_bucket
-- metrics:
--   error_lines /s rate none 0 measured Error-log lines by code and errno
with line as (
  select s.run, s.host, time_bucket(to_seconds(r.bucket_s), e.ts, timestamp '2000-01-01') as ts,
    e.code || coalesce('/' || e.errno, '') as dimension
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.code is not null and e.ts between r.log_from and r.log_until and e.level not in ('notice', 'info', 'debug')
),
counted as (select run, host, ts, dimension, count(*) as lines from line group by all)
select b.run, b.host, b.ts, 'error_lines' as metric, d.dimension, 'rate' as kind, coalesce(c.lines, 0) / b.bucket_s::double as value
from log_bucket as b
join (select distinct run, host, dimension from counted) as d using (run, host)
left join counted as c on c.run = b.run and c.host = b.host and c.ts = b.ts and c.dimension = d.dimension
