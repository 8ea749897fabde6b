-- id: backend-timeout
-- title: A backend accepts requests but does not answer
-- question: Did a backend stop answering while its connections stayed open?
-- why: Each waiting request holds a worker; a stalled backend takes the whole front end with it.
-- logic:
--   At least lines_per_minute waits for one backend ended in a time-out (AH01102 or AH00957 with errno 110 or 70007) within a minute.
--   A time-out line comes when the wait is over, so the onset is that of the slow requests before it: the time in a worker above slow_factor times its usual 95th percentile.
--   Error 20014 is an idle connection that the backend closed, and is not counted.
-- needs: error_log, sample, recording, request, metric, episode, setting, worker_state
-- evidence: error_log
-- explains: mpm-saturated, accept-queue-overflow, overload-sequence, receiver-slow, close-wait-unaccepted, last-ack-stuck, monitor-probe-failed
-- params:
--   lines_per_minute DOUBLE 5 1/min time-out lines in one minute that are needed
--   slow_factor DOUBLE 5 - times the usual p95 from which a request counts as slow
-- columns: finding
-- severity: critical
-- role: cause
-- tells: workers at W in the scoreboard, while URLs that need no backend are answered as fast as ever
-- caveats:
--   The backend may itself wait for something behind it: nothing here was recorded on it.
--   Packets lost between this host and the backend look the same from here, unless the backend acknowledges data.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxytimeout
with failed as (
  select s.run, s.host, s.source_path, e.ts, e.code, e.errno, e.client, e.client_port, e.pid, e.member, e.line_no, e.message,
    coalesce(
      nullif(regexp_extract(e.message, 'remote server ([^ ]+:\d+)', 1), ''),
      nullif(regexp_extract(e.message, 'attempt to connect to ([^ ]+:\d+)', 1), ''),
      nullif(regexp_extract(e.message, 'dialog to ([^ ]+:\d+)', 1), ''),
      'a backend'
    ) as backend
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.code in ('AH01102', 'AH00957', 'AH00893', 'AH00992', 'AH01075') and e.ts between r.log_from and r.log_until
),
-- Lone lines, which any proxy logs now and then, are no part of a stall, and must not date it.
timed_out as (
  select *
  from failed
  where errno in (70007, 110)
  qualify greatest(
    count(*) over (partition by run, host, backend order by ts range between interval 60 second preceding and current row),
    count(*) over (partition by run, host, backend order by ts range between current row and interval 60 second following)
  ) >= $lines_per_minute
),
backend as (
  select t.run, t.host, t.backend, count(*) as lines, min(t.ts) as first_line, max(t.ts) as last_line,
    arg_min(t.source_path, (t.ts, t.line_no)) as source_path, arg_min(t.member, (t.ts, t.line_no)) as member,
    min_by(t.line_no, (t.ts, t.line_no)) as line_no,
    arg_min(t.code || ': (' || t.errno || ') ' || t.message, (t.ts, t.line_no)) as excerpt,
    count(*) filter (t.code = 'AH00957') as connecting
  from timed_out as t
  group by all
),
configured as (
  select s.run, s.host,
    max(try_cast(regexp_extract(t.value, '^\d+') as double)) filter (lower(t.key) = 'proxytimeout') as proxy_timeout,
    max(try_cast(regexp_extract(t.value, '^\d+') as double)) filter (lower(t.key) = 'timeout') as timeout
  from setting as t
  join sample as s using (capture_id)
  group by all
),
-- The log line comes when the wait is over: the slow requests behind it began earlier.
slow_episode as (
  select b.run, b.host, b.backend, min(e.onset) as onset, max(e.ended) as ended, bool_or(e.ended is null) as open,
    arg_max(e.peak, e.peak) as p95_peak, min(e.baseline) as p95_usual
  from backend as b
  join episode as e on e.run = b.run and e.host = b.host and e.metric = 'request_p95'
    and e.onset <= b.last_line and coalesce(e.ended, b.last_line) >= b.first_line - interval 120 second
  group by all
),
slow as (
  select e.run, e.host, e.backend, count(*) as requests, min(q.ts) as first_slow, max(coalesce(q.end_ts, q.ts)) as last_slow,
    count(*) filter (q.status >= 500) as errors,
    arg_min(q.source_path, (q.ts, q.line_no)) as source_path, arg_min(q.member, (q.ts, q.line_no)) as member,
    arg_min(q.line_no, (q.ts, q.line_no)) as line_no,
    arg_min(q.method || ' ' || q.path || ' ' || q.status || ', ' || format('{:.1f} s', q.duration_s), (q.ts, q.line_no)) as excerpt
  from slow_episode as e
  join request as q on q.run = e.run and q.host = e.host and q.ts >= e.onset and q.ts < coalesce(e.ended, timestamp '9999-01-01')
  where q.duration_s >= greatest(1, $slow_factor * e.p95_usual)
  group by all
),
url as (
  select t.run, t.host, t.backend, list(t.path || ' (' || t.lines || ')' order by t.lines desc, t.path)[:4] as urls, max(t.lines) / sum(t.lines)::double as top_share,
    arg_max(t.path, (t.lines, t.path)) as top
  from (
    select t.run, t.host, t.backend, regexp_extract(u.message, 'returned by (\S+)', 1) as path, count(*) as lines
    from timed_out as t
    join error_log as u on u.code = 'AH00898' and u.pid = t.pid and u.client is not distinct from t.client
      and u.client_port is not distinct from t.client_port and u.ts between t.ts and t.ts + interval 1 second
    group by all
  ) as t
  group by all
),
elsewhere as (
  select b.run, b.host, b.backend,
    count(*) filter (f.errno = 111) as refused,
    count(*) filter (f.code = 'AH01102' and f.errno = 20014) as closed_idle
  from backend as b
  join failed as f on f.run = b.run and f.host = b.host and f.backend = b.backend
  group by all
),
open_connections as (
  select b.run, b.host, b.backend, min(m.value) as fewest, max(m.value) as most
  from backend as b
  join metric as m on m.run = b.run and m.host = b.host and m.metric = 'sockets_established' and m.dimension = b.backend
    and m.ts between b.first_line and b.last_line
  group by all
),
-- What is usual takes three samples from before; a recording that begins in the middle does not show it.
before_requests as (
  select b.run, b.host, b.backend,
    case when count(*) filter (m.ts < coalesce(s.first_slow, b.first_line)) >= 3
      then median(m.value) filter (m.ts < coalesce(s.first_slow, b.first_line)) end as usual_rate,
    median(m.value) filter (m.ts >= coalesce(s.first_slow, b.first_line) and m.ts <= b.last_line) as stalled_rate
  from backend as b
  left join slow as s using (run, host, backend)
  join metric as m on m.run = b.run and m.host = b.host and m.metric = 'requests' and m.dimension = ''
  group by all
),
dated as (
  select b.*, s.requests as slow_requests, s.errors, s.excerpt as slow_excerpt, s.member as slow_member, s.line_no as slow_line, s.source_path as slow_source,
    e.p95_peak, e.p95_usual, c.proxy_timeout, coalesce(c.proxy_timeout, c.timeout) as wait,
    w.workers_limit, w.state as workers, w.full_samples, w.answered, u.urls, u.top_share, u.top, o.fewest, o.most, x.refused, x.closed_idle, q.usual_rate, q.stalled_rate,
    r.bucket_s, r.interval_s, r.last_ts, e.onset is not null as timed,
    -- A time-out that was logged before the first request seen to be slow began before it too.
    coalesce(s.first_slow <= b.first_line, false) as dated_by_request,
    case when s.first_slow <= b.first_line then s.first_slow else b.first_line - to_seconds(coalesce(c.proxy_timeout, c.timeout, 0)::bigint) end as onset,
    greatest(b.last_line, coalesce(s.last_slow, b.last_line)) as until,
    case
      when r.interval_s is null then greatest(b.last_line, coalesce(s.last_slow, b.last_line))
      when greatest(b.last_line, coalesce(s.last_slow, b.last_line)) < r.last_ts - to_seconds(greatest(ceil(r.interval_s), 5)::bigint)
        then greatest(b.last_line, coalesce(s.last_slow, b.last_line))
    end as ended
  from backend as b
  join recording as r using (run, host)
  left join slow_episode as e using (run, host, backend)
  left join slow as s using (run, host, backend)
  left join configured as c using (run, host)
  left join url as u using (run, host, backend)
  left join elsewhere as x using (run, host, backend)
  left join open_connections as o using (run, host, backend)
  left join before_requests as q using (run, host, backend)
  left join worker_state as w using (run, host)
)
select
  run, host, backend as subject, onset, ended,
  case when dated_by_request then greatest(1, bucket_s)::double else greatest(coalesce(wait, 60), 1) end as onset_uncertainty_s,
  'critical' as severity,
  'cause' as role,
  case when timed and most > 0 then 'high' when timed or most > 0 or errors > 0 then 'medium' else 'low' end as confidence,
  'The backend ' || backend || case when connecting > lines / 2 then ' could not be reached for ' else ' stalled for ' end
    || lasted(onset, ended, until) as headline,
  'the backend ' || backend || ' stopped answering' as consequence,
  counted(lines, 'request') || ' to ' || backend || ' ended in a time-out'
    || coalesce(' after ' || amount(wait) || ' s', '') || ' between ' || clock(first_line) || ' and ' || clock(last_line)
    || coalesce('; the 95th percentile of the time in a worker went from ' || amount(p95_usual) || ' s to ' || amount(p95_peak) || ' s', '')
    || coalesce('. ' || case when top_share >= 0.5 and len(urls) > 1 then 'Half or more of them ask for ' || top else 'Hit: ' || array_to_string(urls, ', ') end, '') || '.' as summary,
  items([
    evidence('Time-out lines about ' || backend || ' in the error log', metric := 'error_lines', dimension := split_part(excerpt, ':', 1) || '/' || regexp_extract(excerpt, '\((\d+)\)', 1),
      value := lines, baseline := 0, unit := 'lines', seen := first_line, capture := source_path, member := member, line := line_no, excerpt := excerpt),
    evidence('95th percentile of the time in a worker', metric := 'request_p95', dimension := '', value := p95_peak, baseline := p95_usual, unit := 's', seen := onset),
    evidence('Requests that took ' || amount($slow_factor) || ' times the usual or longer', value := slow_requests, unit := 'requests', seen := onset,
      capture := slow_source, member := slow_member, line := slow_line, excerpt := slow_excerpt),
    evidence('Requests of these that were answered 5xx', metric := 'request_error_ratio', dimension := '', value := nullif(errors, 0), baseline := 0, unit := 'requests'),
    evidence('Requests per second while it stalled', metric := 'requests', dimension := '', value := stalled_rate, baseline := usual_rate, unit := '/s'),
    evidence('Connections to ' || backend || ' that stayed ESTABLISHED, fewest in a sample',
      metric := 'sockets_established', dimension := backend, value := fewest, unit := 'sockets')
  ]) as evidence,
  items([
    ruled_out('backend-refused', case when coalesce(refused, 0) = 0 then 'errno 111 (connection refused) does not occur for ' || backend
      || coalesce('; ' || amount(fewest) || ' or more connections to it are ESTABLISHED in every sample of the stall', '') end),
    ruled_out('mpm-saturated', case when timed and lines > 0 then 'full workers are the effect here: the slowness is inside the time in a worker, which does not count the wait for one' end),
    ruled_out('ephemeral-port-exhaustion', case when not exists (select 1 from failed as f where f.run = dated.run and f.host = dated.host and f.errno in (99, 98)) then 'errno 99 (no local port) does not occur' end),
    ruled_out('idle connection closed by the backend', case when closed_idle < lines then 'that is error 20014: ' || counted(closed_idle, 'line') || ' against ' || amount(lines) || ' time-outs' end)
  ]) as ruled_out,
  items([
    action('Look at the backend before touching this host.',
      command := 'curl -sS -m 5 -o /dev/null -w ''%{http_code} %{time_total}s\n'' http://' || backend || coalesce(regexp_extract(urls[1], '^(/\S*)', 1), '/'),
      risk := 'one request', verify := 'an answer within ' || coalesce(amount(greatest(p95_usual * 3, 0.1)) || ' s; usual is ' || amount(p95_usual) || ' s', 'a second')
        || '. If it hangs, take a stack of the backend process before restarting it'),
    action('Bound what one stalled backend can hold' || coalesce(': ProxyTimeout is ' || amount(proxy_timeout) || ' s, and '
        || amount(workers_limit) || ' workers / ' || amount(proxy_timeout) || ' s = ' || amount(workers_limit / proxy_timeout) || ' requests/s against a usual ' || amount(usual_rate)
        || case when workers_limit / 5 < usual_rate then '; 5 s would give ' || amount(workers_limit / 5) || ', so also cap the connections to this backend (max=, acquire=)' else '; 5 s would do' end, '') || '.',
      command := 'ProxyPass /app http://' || backend || '/app timeout=5 connectiontimeout=3 retry=5   # per URL, in the server configuration' || chr(10) || 'apachectl -t && apachectl graceful',
      risk := 'requests that honestly need longer get a 502; set it per URL',
      verify := 'in the next stall the 95th percentile stays at the new limit and some worker is always idle')
  ]) as actions
from dated
order by run, host, onset, subject
