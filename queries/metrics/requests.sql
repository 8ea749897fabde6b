-- id: requests
-- title: Requests, their time and their errors
-- why: What users got, second by second of when their request was read, not of when its line was written.
-- needs: request, log_bucket
-- metrics:
--   requests /s rate none 0 measured Requests by the second they were read
--   request_error_ratio ratio ratio up 0.05 measured Share of requests answered 5xx
--   request_p50 s gauge none 0 measured Median time in a worker
--   request_p95 s gauge up 1 measured 95th percentile of the time in a worker
--   request_p99 s gauge none 0 measured 99th percentile of the time in a worker
-- compare:
--   requests none load 1 20%
--   request_error_ratio down primary 0.001 10% weighted requests
--   request_p50 down secondary 0.01 10% quantile 0.5
--   request_p95 down primary 0.02 10% quantile 0.95
--   request_p99 down secondary 0.05 20% quantile 0.99
with logged as (select distinct run, host from request),
per_class as (
  select run, host, bucket, (status // 100) || 'xx' as class, count(*) as requests
  from request
  where status is not null
  group by all
),
grid as (
  select b.run, b.host, b.ts, b.bucket_s, c.class
  from log_bucket as b
  semi join logged using (run, host)
  join (select distinct run, host, class from per_class) as c using (run, host)
),
counted as (
  select grid.*, coalesce(per_class.requests, 0) as requests
  from grid
  left join per_class on per_class.run = grid.run and per_class.host = grid.host and per_class.bucket = grid.ts and per_class.class = grid.class
),
total as (
  select run, host, ts, bucket_s, sum(requests) as requests, coalesce(sum(requests) filter (class = '5xx'), 0) as errors
  from counted
  group by all
),
timed as (
  select run, host, bucket as ts, quantile_cont(duration_s, [0.5, 0.95, 0.99]) as q
  from request
  where duration_s is not null
  group by all
)
select run, host, ts, 'requests' as metric, class as dimension, 'rate' as kind, requests / bucket_s::double as value from counted
union all
select run, host, ts, 'requests', '', 'rate', requests / bucket_s::double from total
union all
select run, host, ts, 'request_error_ratio', '', 'ratio', errors / requests::double from total where requests > 0
union all
select run, host, ts, 'request_p50', '', 'gauge', q[1] from timed
union all
select run, host, ts, 'request_p95', '', 'gauge', q[2] from timed
union all
select run, host, ts, 'request_p99', '', 'gauge', q[3] from timed
