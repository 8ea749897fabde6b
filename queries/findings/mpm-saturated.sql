-- id: mpm-saturated
-- title: All Apache workers are busy
-- question: Did Apache run out of workers?
-- why: Without a free worker no connection is accepted, whatever the kernel could still take.
-- logic:
--   No worker is idle in two samples or more (or all but a twentieth are busy), or Apache logs that MaxRequestWorkers is reached, or its status page stops answering while connections wait.
--   The scoreboard letters say what the workers do.
-- needs: worker_state, metric, recording, handshake, error_log, sample, setting
-- evidence: apache_status | error_log
-- explains: accept-queue-overflow, overload-sequence, receiver-slow, close-wait-unaccepted, last-ack-stuck, monitor-probe-failed
-- columns: finding
-- severity: critical
-- role: cause
-- tells: no worker idle while each single request takes no longer than usual
-- caveats:
--   Why they are busy is told by the scoreboard letters and the other findings: W waits for a backend or a slow reader, R and K for clients.
--   The MaxRequestWorkers line appears once in the life of the parent process: its absence later proves nothing.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mpm_common.html#maxrequestworkers
with letters as (
  select m.run, m.host, m.dimension as letter, sum(m.value) as seen
  from metric as m
  join worker_state as w on w.run = m.run and w.host = m.host and m.ts between w.first_full and w.last_full
  where m.metric = 'workers_letter'
  group by all
),
mix as (
  select run, host, arg_max(letter, (seen, letter)) as letter, max(seen) / nullif(sum(seen), 0) as share
  from letters
  group by all
),
scoreboard_full as (
  select s.run, s.host, count(*) as lines
  from error_log as e
  join sample as s using (capture_id)
  where e.code in ('AH03490', 'AH00485', 'AH00288')
  group by all
),
queue as (
  select run, host, max(queue_peak) as queue_peak, max(samples_over) as samples_over
  from handshake
  group by all
),
idle_again as (
  select m.run, m.host, min(m.ts) as ts
  from metric as m
  join worker_state as w on w.run = m.run and w.host = m.host and m.ts > coalesce(w.last_full, w.logged_at)
  where m.metric = 'workers_use' and m.value < 0.95
  group by all
),
keep_alive as (
  select s.run, s.host, max(try_cast(t.value as double)) as keep_alive_s
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) = 'keepalivetimeout' and coalesce(t.scope, '-') = '-'
  group by all
  having max(try_cast(t.value as double)) > 2
),
dated as (
  select w.*, k.keep_alive_s, x.letter, x.share, q.queue_peak, q.samples_over, coalesce(f.lines, 0) as scoreboard_lines, i.ts as ended,
    least(w.first_full, w.logged_at) as onset, r.interval_s, r.last_ts
  from worker_state as w
  join recording as r using (run, host)
  left join mix as x using (run, host)
  left join queue as q using (run, host)
  left join scoreboard_full as f using (run, host)
  left join idle_again as i using (run, host)
  left join keep_alive as k using (run, host)
  -- A burst may take all workers for a moment: only a queue, a missing answer or Apache's own word make it a lack.
  where w.state = 'saturated' and (w.logged_at is not null or w.unanswered > 0 or q.queue_peak >= 5)
)
select
  run, host, null as subject, onset, ended,
  coalesce(interval_s, 1) as onset_uncertainty_s,
  case when logged_at is not null and (full_samples > 0 or unanswered > 0) or longest_full >= 2 then 'critical' else 'warning' end as severity,
  'cause' as role,
  case when logged_at is not null and longest_full >= 2 then 'high' when longest_full >= 2 or unanswered > 0 then 'medium' else 'low' end as confidence,
  'Apache ran out of workers' || coalesce(' (' || amount(workers_limit) || ' of ' || amount(workers_limit) || ' busy)', '') || ' for '
    || lasted(onset, ended, last_ts) as headline,
  'Apache ran out of workers waiting for it' as consequence,
  case when full_samples > 0 then 'All ' || coalesce(amount(workers_limit) || ' ', '') || 'workers were busy in ' || counted(full_samples, 'sample') else 'Apache logged that MaxRequestWorkers was reached' end
    || case when unanswered > 0 then ', and mod_status did not answer in ' || amount(unanswered) || ' more' else '' end
    || coalesce('; usually ' || amount(usual_busy) || ' are', '') || '.' as summary,
  items([
    evidence('Busy workers', metric := 'workers_busy', dimension := '', value := case when full_samples > 0 then peak_busy end, baseline := usual_busy, unit := 'workers', seen := first_full),
    evidence('mod_status unanswered', metric := 'status_unanswered', dimension := '', value := nullif(unanswered, 0), baseline := 0, unit := 'samples'),
    evidence('MaxRequestWorkers reached', value := case when logged_at is not null then 1 end, baseline := 0, unit := 'lines', seen := logged_at,
      capture := logged_source, member := logged_member, line := logged_line, excerpt := logged_code || ': ' || logged_text),
    evidence('Share of the scoreboard letter ' || letter || ' while full', metric := 'workers_letter', dimension := letter, value := share, unit := 'ratio'),
    evidence('Connections waiting for accept()', metric := 'listener_queue', value := nullif(queue_peak, 0), unit := 'sockets')
  ]) as evidence,
  items([
    ruled_out('slow-clients', case when letter in ('W', 'C', 'G') and share >= 0.5 then format('{:.0f}', 100 * share) || ' % of the letters are ' || letter || ', not R or K' end),
    ruled_out('scoreboard full of graceful leftovers (AH03490)', case when scoreboard_lines = 0 and letter is distinct from 'G' then 'no such line, and G is not the common letter' end)
  ]) as ruled_out,
  items([
    action(case letter
        when 'K' then 'Release idle clients sooner: KeepAliveTimeout 2, or the event MPM'
          || coalesce('. Now ' || format('{:.0f}', 100 * share) || ' % of ' || amount(workers_limit) || ' workers hold a client for up to ' || amount(keep_alive_s) || ' s each: with 2 s it would be '
            || amount(share * workers_limit) || ' × 2 / ' || amount(keep_alive_s) || ' = ' || amount(round(share * workers_limit * 2 / keep_alive_s)), '') || '.'
        when 'R' then 'Bound how long a client may take to send its request (RequestReadTimeout).'
        when 'C' then 'Look at lingering closes: clients that do not close keep a worker up to 30 s.'
        else 'Find what the workers wait for (scoreboard W: a backend, a disk, a slow reader) before adding any.' end,
      command := 'curl -s http://127.0.0.1/server-status | less   # which requests, for how long',
      risk := 'needs a worker itself; none is free while it lasts',
      verify := 'at least a tenth of the workers idle, Recv-Q of the listener near 0'),
    action('Leave MaxRequestWorkers' || coalesce(' at ' || amount(workers_limit), '') || ' until what holds the workers is bounded: more workers are more connections to the same slow place, and more memory.',
      risk := 'none', verify := 'IdleWorkers under usual load' || coalesce(': ' || amount(workers_limit - usual_busy) || ' or more', ''))
  ]) as actions
from dated
order by run, host
