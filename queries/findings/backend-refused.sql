-- id: backend-refused
-- title: A backend refuses connections
-- question: Did connections to a backend get a reset instead of an answer?
-- why: Nothing listens there, or a rule rejects: it is down, not slow. Every request to it fails at once.
-- logic:
--   The error log has at least `lines` connections to one backend that were refused (errno 111) within a minute; requests that were answered 503 and the static ones that went on bound it in time.
-- needs: error_log, sample, recording, request, metric, worker_state
-- evidence: error_log
-- explains: accept-queue-overflow
-- params:
--   lines INTEGER 5 lines refused connections in one minute that are needed
-- columns: finding
-- severity: critical
-- role: cause
-- tells: a connection from this host to the backend that is refused at once (curl ends with 7)
-- caveats:
--   A REJECT rule on the way answers the same; only the backend itself can tell.
--   With tcp_abort_on_overflow=1 an overloaded backend resets too (errno 104, not 111).
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#workers
with refused as (
  select s.run, s.host, s.source_path, e.ts, e.code, e.errno, e.message, e.member, e.line_no,
    coalesce(nullif(regexp_extract(e.message, 'attempt to connect to ([^ ]+:\d+)', 1), ''), nullif(regexp_extract(e.message, 'dialog to ([^ ]+:\d+)', 1), ''), 'a backend') as backend
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.errno = 111 and e.code in ('AH00957', 'AH00893', 'AH01079', 'AH00896') and e.ts between r.log_from and r.log_until
),
-- Lone lines are no part of it, and must not date it.
dense as (
  select *
  from refused
  qualify greatest(
    count(*) over (partition by run, host, backend order by ts range between interval 60 second preceding and current row),
    count(*) over (partition by run, host, backend order by ts range between current row and interval 60 second following)
  ) >= $lines
),
backend as (
  select f.run, f.host, f.backend, count(*) as lines, min(f.ts) as onset, max(f.ts) as last_line, arg_min(f.member, (f.ts, f.line_no)) as member,
    arg_min(f.line_no, (f.ts, f.line_no)) as line_no, arg_min(f.source_path, (f.ts, f.line_no)) as source_path,
    arg_min(f.code || ': (111) ' || f.message, (f.ts, f.line_no)) as excerpt
  from dense as f
  group by all
),
answers as (
  select b.run, b.host, b.backend, count(*) filter (q.status = 503) as unavailable, count(*) filter (q.status >= 500) as errors, count(*) as requests,
    median(q.duration_s) filter (q.status = 503) as failing_s
  from backend as b
  join request as q on q.run = b.run and q.host = b.host and q.ts between b.onset - interval 1 second and b.last_line
  group by all
),
other as (
  select s.run, s.host, count(*) filter (e.errno in (70007, 110) and e.code in ('AH01102', 'AH00957')) as timeouts, count(*) filter (e.errno in (98, 99)) as no_port
  from error_log as e
  join sample as s using (capture_id)
  group by all
),
fails as (
  select m.run, m.host, sum(m.value * s.seconds) as failed
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric = 'TcpAttemptFails'
  group by all
),
told as (
  select b.*, nullif(a.unavailable, 0) / greatest(1, seconds_between(b.onset, b.last_line)) as per_s, a.unavailable, a.errors, a.requests, a.failing_s, o.timeouts, o.no_port, f.failed, w.state as workers, w.peak_busy, w.workers_limit,
    count(*) over (partition by b.run, b.host) as backends, r.last_ts, r.interval_s,
    case when b.last_line < r.last_ts - to_seconds(greatest(5, ceil(coalesce(r.interval_s, 0)))::bigint) then b.last_line end as ended
  from backend as b
  join recording as r using (run, host)
  left join answers as a using (run, host, backend)
  left join other as o using (run, host)
  left join fails as f using (run, host)
  left join worker_state as w using (run, host)
)
select
  run, host, backend as subject, onset, ended,
  1.0 as onset_uncertainty_s,
  'critical' as severity,
  'cause' as role,
  case when unavailable > 0 and failed >= 0.5 * lines then 'high' when unavailable > 0 or failed >= 0.5 * lines then 'medium' else 'low' end as confidence,
  'The backend ' || backend || ' refused connections for ' || lasted(onset, ended, last_ts) as headline,
  'the backend ' || backend || ' refused connections' as consequence,
  counted(lines, 'connection') || ' to ' || backend || ' got a reset (errno 111) between ' || clock(onset) || ' and ' || clock(last_line)
    || coalesce('; ' || amount(unavailable) || ' of ' || counted(requests, 'request') || ' in that time were answered 503' || coalesce(', in ' || amount(failing_s * 1000) || ' ms', ''), '') || '.' as summary,
  items([
    evidence('Refused connections to ' || backend || ' in the error log', metric := 'error_lines', dimension := 'AH00957/111', value := lines, baseline := 0, unit := 'lines', seen := onset,
      capture := source_path, member := member, line := line_no, excerpt := excerpt),
    evidence('Requests answered 503', metric := 'requests', dimension := '5xx', value := nullif(unavailable, 0), baseline := 0, unit := 'requests'),
    evidence('Connection attempts that failed (kernel)', metric := 'TcpAttemptFails', dimension := '', value := nullif(round(failed), 0), unit := 'attempts')
  ]) as evidence,
  items([
    ruled_out('backend-timeout', case when coalesce(timeouts, 0) = 0 then 'no time-out (70007, 110) in the error log: the answer came at once, and it was a reset' end),
    ruled_out('mpm-saturated', case when workers <> 'saturated' and peak_busy is not null then 'at most ' || amount(peak_busy) || ' of ' || amount(workers_limit) || ' workers were busy' end),
    ruled_out('ephemeral-port-exhaustion', case when coalesce(no_port, 0) = 0 then 'errno 99 (no local port) does not occur' end)
  ]) as ruled_out,
  items([
    action(case when backends > 1 then 'All ' || backends || ' backends refuse: look at the local firewall and the network between first.' else 'See whether anything listens on ' || backend || '; restart it and find out why it ended.' end,
      command := 'curl -sS -m 3 -o /dev/null http://' || backend || '/ ; ssh ' || split_part(backend, ':', 1) || ' ss -ltnp', risk := 'one request', verify := '"Connection refused" stops, 503s stop'),
    action('Let Apache try again sooner than its 60 s pause for a worker in error' || coalesce(': ' || amount(per_s) || ' requests/s were answered 503, so once the backend is back a pause of 60 s costs up to '
        || amount(ceil(60 * per_s)) || ' more, one of 5 s up to ' || amount(ceil(5 * per_s)), '') || '.', command := 'ProxyPass /app http://' || backend || '/app retry=5', risk := 'hammers a backend that is just coming up', verify := 'AH00959 lines are at most 5 s apart from recovery')
  ]) as actions
from told
order by run, host, onset, subject
