-- id: workers
-- title: Apache workers
-- why: Without a free worker nothing is accepted; and then mod_status does not answer either, which is evidence itself.
-- needs: apache_status, coverage, sample, setting
-- metrics:
--   workers_busy workers gauge none 0 measured Busy workers
--   workers_idle workers gauge none 0 measured Idle workers
--   workers_limit workers gauge none 0 measured Most workers there may be (MaxRequestWorkers)
--   workers_use ratio ratio up 0.95 measured Busy workers, share of the limit
--   workers_letter workers gauge none 0 measured Scoreboard letters
--   status_unanswered samples gauge up 1 0 mod_status did not answer
-- compare:
--   workers_use down primary 0.05 10%
--   workers_limit none setting 1 0%
--   workers_busy none secondary 1 10%
--   workers_idle none secondary 1 10%
with configured as (
  select s.run, s.host, max(try_cast(t.value as integer)) as workers
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) in ('maxrequestworkers', 'maxclients')
  group by all
),
status as (
  select s.run, s.host, s.ts, a.busy_workers as busy, a.idle_workers as idle, a.reading, a.sending, a.keepalive, a.closing, a.graceful,
    coalesce(c.workers, max(a.busy_workers + a.idle_workers) over (partition by s.run, s.host)) as most
  from apache_status as a
  join sample as s using (capture_id)
  left join configured as c on c.run = s.run and c.host = s.host
  where a.busy_workers is not null
),
asked as (
  select s.run, s.host, s.ts, s.capture_id, bool_or(c.status in ('failed', 'empty', 'truncated')) as unanswered
  from coverage as c
  join sample as s using (capture_id)
  where c.source like '%server-status%' or c.member like '%server-status%'
  group by all
  having bool_or(c.status in ('collected', 'failed', 'empty', 'truncated'))
)
select run, host, ts, 'workers_busy' as metric, '' as dimension, 'gauge' as kind, busy::double as value from status
union all
select run, host, ts, 'workers_idle', '', 'gauge', idle::double from status where idle is not null
union all
select run, host, ts, 'workers_limit', '', 'gauge', most::double from status where most > 0
union all
select run, host, ts, 'workers_use', '', 'ratio', least(1, busy / most::double) from status where most > 0
union all
select run, host, ts, 'workers_letter', letter, 'gauge', number::double
from (
  select run, host, ts, unnest(['R', 'W', 'K', 'C', 'G']) as letter, unnest([reading, sending, keepalive, closing, graceful]) as number
  from status
)
where number is not null
union all
select run, host, ts, 'status_unanswered', '', 'gauge', (unanswered and capture_id not in (select capture_id from apache_status))::integer::double
from asked
