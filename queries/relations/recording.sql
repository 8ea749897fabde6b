-- id: recording
-- title: What each run covers
-- why: Everything is measured against the span of the samples; logs may reach further back than they do.
-- needs: sample, access_log, error_log
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   samples BIGINT number of samples
--   first_ts TIMESTAMP first sample
--   last_ts TIMESTAMP last sample
--   interval_s DOUBLE median distance of samples; null for a single one
--   log_from TIMESTAMP log lines before it are history, not part of the run
--   log_until TIMESTAMP last moment the logs can speak of
--   bucket_s BIGINT length of the whole-second buckets in which log lines are counted
-- refs:
--   A log has whole seconds, so buckets are whole seconds: with samples 2.01 s apart, buckets between samples would hold two or three seconds in turn.
with spans as (
  select
    run, host, count(*) as samples, min(ts) as first_ts, max(ts) as last_ts, median(seconds) as interval_s
  from sample
  group by run, host
),
logs as (
  select s.run, s.host, min(l.ts) as first_line, max(l.ts) as last_line
  from sample as s
  join (
    select capture_id, ts from access_log where ts is not null
    union all
    select capture_id, ts from error_log where ts is not null
  ) as l using (capture_id)
  group by s.run, s.host
),
limits as (
  select
    spans.*,
    case
      when samples >= 3 then first_ts - to_microseconds((greatest(interval_s, 1) * 1000000)::bigint)
      else coalesce(least(first_line, first_ts), first_ts)
    end as log_from,
    case when samples >= 3 then last_ts else greatest(last_ts, coalesce(last_line, last_ts)) end as log_until
  from spans
  left join logs using (run, host)
)
select
  *,
  case
    when samples >= 3 then greatest(1, round(interval_s))::bigint
    else greatest(60, 60 * ceil(seconds_between(log_from, log_until) / 60 / 2000))::bigint
  end as bucket_s
from limits
