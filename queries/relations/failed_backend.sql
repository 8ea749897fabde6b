-- id: failed_backend
-- title: Which backend failed requests were passed to, by the error log
-- why: The access log says that a request failed, the error log beside it which backend it was waiting for.
-- needs: request, error_log, sample, recording
-- params:
--   apart_s DOUBLE 1 s most time between the end of the request and its line in the error log: one is written before the other, in whole seconds
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   source_path VARCHAR capture the request is in
--   member VARCHAR access log
--   line_no BIGINT its line there
--   backend VARCHAR address and port, as the error log names it
-- refs:
--   A line belongs to a request when its client is the same, by address and port where both logs have the port, and it was written when the request ended, no sooner than it began.
with failed as (
  select run, host, source_path, member, line_no, client, client_port, ts, coalesce(end_ts, ts) + to_microseconds((1e6 * $apart_s)::bigint) as until_ts
  from request
  where status >= 500 and client is not null
),
named as (
  select s.run, s.host, e.ts, e.client, e.client_port, case when e.backend_port is null then e.backend else endpoint(e.backend, e.backend_port) end as backend
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.backend is not null and e.client is not null and e.ts between r.log_from and r.log_until
),
with_port as (
  select f.*, n.ts as named_ts, n.backend
  from failed as f
  asof join (from named where client_port is not null) as n on n.run = f.run and n.host = f.host and n.client = f.client and n.client_port = f.client_port and n.ts <= f.until_ts
  where f.client_port is not null
),
by_address as (
  select f.*, n.ts as named_ts, n.backend
  from failed as f
  asof join named as n on n.run = f.run and n.host = f.host and n.client = f.client and n.ts <= f.until_ts
  where f.client_port is null
)
select run, host, source_path, member, line_no, backend
from (from with_port union all from by_address)
where named_ts >= ts
