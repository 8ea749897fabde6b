-- id: worker_state
-- title: Whether Apache ran out of workers, and when
-- why: Three findings ask it; it takes the samples, the missing answers of mod_status and the error log together.
-- needs: metric, sample, recording, error_log
-- params:
--   full DOUBLE 0.95 ratio share of the limit that counts as all
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   workers_limit DOUBLE most workers there may be
--   usual_busy DOUBLE median of busy workers
--   peak_busy DOUBLE most busy workers
--   answered BIGINT samples in which mod_status answered
--   unanswered BIGINT samples in which it did not
--   full_samples BIGINT samples with all workers busy
--   longest_full BIGINT most such samples in a row, unanswered ones in between included
--   first_full TIMESTAMP first sample with all workers busy
--   last_full TIMESTAMP last one, or last unanswered one after the first
--   logged_at TIMESTAMP first MaxRequestWorkers line
--   logged_code VARCHAR its code
--   logged_source VARCHAR its capture
--   logged_member VARCHAR its file
--   logged_line BIGINT its line
--   logged_text VARCHAR its text
--   state VARCHAR saturated, idle (some worker was free all the time) or unknown
with answer as (
  select run, host, ts,
    max(value) filter (metric = 'workers_use') as use,
    max(value) filter (metric = 'workers_busy') as busy,
    max(value) filter (metric = 'workers_limit') as most,
    max(value) filter (metric = 'status_unanswered') as unanswered
  from metric
  where metric in ('workers_use', 'workers_busy', 'workers_limit', 'status_unanswered') and dimension = ''
  group by all
),
marked as (
  select *, coalesce(use >= $full, false) as is_full,
    sum((not coalesce(use >= $full, false) and coalesce(unanswered, 0) = 0)::integer) over (partition by run, host order by ts) as stretch
  from answer
),
longest as (
  select run, host, max(samples) as longest_full
  from (select run, host, stretch, count(*) filter (is_full or unanswered = 1) as samples from marked group by all having bool_or(is_full))
  group by all
),
seen as (
  select run, host, max(most) as workers_limit, floor(median(busy)) as usual_busy, max(busy) as peak_busy, count(busy) as answered,
    count(*) filter (unanswered = 1) as unanswered, count(*) filter (is_full) as full_samples,
    min(ts) filter (is_full) as first_full, max(ts) filter (is_full) as last_busy
  from marked
  group by all
),
last_seen as (
  select s.run, s.host, max(m.ts) as last_full
  from seen as s
  join marked as m on m.run = s.run and m.host = s.host and m.ts >= s.first_full and (m.is_full or m.unanswered = 1)
  group by all
),
logged as (
  select s.run, s.host, min(e.ts) as logged_at, arg_min(e.code, e.ts) as logged_code, arg_min(s.source_path, e.ts) as logged_source,
    arg_min(e.member, e.ts) as logged_member, arg_min(e.line_no, e.ts) as logged_line, arg_min(e.message, e.ts) as logged_text
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.ts between r.log_from and r.log_until
    and (e.code in ('AH00161', 'AH00484', 'AH00286') or e.message like '%server reached MaxClients setting%')
  group by all
)
select
  r.run, r.host, s.workers_limit, s.usual_busy, s.peak_busy, coalesce(s.answered, 0) as answered, coalesce(s.unanswered, 0) as unanswered,
  coalesce(s.full_samples, 0) as full_samples, coalesce(longest.longest_full, 0) as longest_full, s.first_full, l.last_full,
  g.logged_at, g.logged_code, g.logged_source, g.logged_member, g.logged_line, g.logged_text,
  case
    when g.logged_at is not null or longest.longest_full >= 2 then 'saturated'
    when s.answered > 0 and s.unanswered = 0 then 'idle'
    else 'unknown'
  end as state
from recording as r
left join seen as s using (run, host)
left join last_seen as l using (run, host)
left join longest using (run, host)
left join logged as g using (run, host)
