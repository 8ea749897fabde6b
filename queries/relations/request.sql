-- id: request
-- title: Requests of the run, each once
-- why: One Apache often writes the same request to two files; counted twice, every rate would be wrong.
-- needs: access_log, sample, recording
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   ts TIMESTAMP when the request was read
--   end_ts TIMESTAMP when its answer was done; null without a duration in the log
--   bucket TIMESTAMP start of its log bucket
--   client VARCHAR client address
--   client_port INTEGER client port; null when not logged
--   method VARCHAR method
--   path VARCHAR path without the query string
--   vhost VARCHAR server name; null when not logged
--   status INTEGER status
--   duration_s DOUBLE seconds in a worker; null when not logged
--   source_path VARCHAR capture the line is in
--   member VARCHAR log file
--   line_no BIGINT line
with line as not materialized (
  select s.run, s.host, s.source_path, r.bucket_s, a.ts, a.end_ts, a.client, a.client_port, a.method, a.path, a.status, a.duration_us, a.vhost, a.member, a.line_no
  from access_log as a
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where a.ts between r.log_from and r.log_until
    and coalesce(a.user_agent, '') not like '%internal dummy connection%'
    and not (is_loopback(a.client) and coalesce(a.path, '') like '%server-status%')
),
member_key as (
  select run, host, member, hash(ts, client, method, path, status) as key, count(duration_us) as timed
  from line
  where (select count(distinct member) from access_log) > 1
  group by all
),
member_size as (
  select run, host, member, count(*) as keys, sum(timed) > 0 as has_duration
  from member_key
  group by all
),
overlap as (
  select a.run, a.host, a.member, b.member as other, count(*) as shared
  from member_key as a
  join member_key as b on a.run = b.run and a.host = b.host and a.key = b.key and a.member <> b.member
  group by all
),
-- A file is a copy when nine tenths of it are in another one that says more, or as much and comes first by name.
copied as (
  select distinct o.run, o.host, o.member
  from overlap as o
  join member_size as m on m.run = o.run and m.host = o.host and m.member = o.member
  join member_size as n on n.run = o.run and n.host = o.host and n.member = o.other
  where o.shared >= 0.9 * m.keys
    and (n.has_duration, n.keys, o.member) > (m.has_duration, m.keys, o.other)
)
select
  line.run, line.host, line.ts, line.end_ts,
  time_bucket(to_seconds(line.bucket_s), line.ts, timestamp '2000-01-01') as bucket,
  line.client, line.client_port, line.method, line.path, line.vhost, line.status,
  line.duration_us / 1000000.0 as duration_s,
  line.source_path, line.member, line.line_no
from line
anti join copied using (run, host, member)
