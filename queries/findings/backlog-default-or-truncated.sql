-- id: backlog-default-or-truncated
-- title: A busy listener has a default or cut-down backlog
-- question: Is the limit of a busy accept queue a default, or less than what was configured?
-- why: The limit in force is the smaller of ListenBacklog and net.core.somaxconn at the last restart, not what the file says now.
-- logic:
--   The limit a listener shows (Send-Q) is 128 or 511, or lower than both ListenBacklog and the present somaxconn, and its queue was used to `half` or more.
--   It is the cause when it is lower than what was configured and workers were idle while that queue overflowed.
-- needs: handshake, sysctl, setting, sample, recording, worker_state, metric, socket_count, error_log
-- evidence: socket
-- explains: accept-queue-overflow
-- params:
--   half DOUBLE 0.5 ratio share of the limit from which it is a warning
--   idle_share DOUBLE 0.1 ratio share of idle workers from which the limit itself is the cause
--   backend_lines INTEGER 5 lines backend errors in one minute from which a backend may be behind it
-- columns: finding
-- severity: info
-- role: context
-- tells: Send-Q of the listener in ss -ltn below what ListenBacklog asks for, while workers are idle
-- caveats:
--   A default is no fault: a queue that is always empty needs no more.
-- refs:
--   Linux 6.1 net/socket.c __sys_listen; Apache include/mpm_common.h DEFAULT_LISTENBACKLOG
with configured as (
  select s.run, s.host, max(try_cast(t.value as bigint)) as listen_backlog
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) = 'listenbacklog'
  group by all
),
somaxconn as (
  select s.run, s.host, arg_max(try_cast(k.value as bigint), s.ts) as somaxconn
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.core.somaxconn'
  group by all
),
busy as (
  select run, host, listener, max(sockets) as sockets
  from (select run, host, listener, capture_id, sum(sockets) as sockets from socket_count where listener is not null and not loopback group by all)
  group by all
),
idle as (
  select h.run, h.host, median(m.value) as idle
  from recording as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'workers_idle'
  group by all
),
used as (
  select run, host, dimension as listener, min(ts) filter (value >= $half) as half_from, max(ts) filter (value >= $half) as half_until
  from metric
  where metric = 'listener_fill'
  group by all
),
-- As in accept-queue-overflow: a lone failure is no backend to blame.
backend_errors as (
  select run, host, listener, max(lines) as lines
  from (
    select u.run, u.host, u.listener,
      count(*) over (partition by u.run, u.host, u.listener order by e.ts range between interval 60 second preceding and current row) as lines
    from used as u
    join sample as s on s.run = u.run and s.host = u.host
    join error_log as e on e.capture_id = s.capture_id and e.ts between u.half_from - interval 60 second and u.half_until + interval 60 second
    where e.code in ('AH00957', 'AH01114') or (e.code in ('AH01102', 'AH00893', 'AH00992') and e.errno is distinct from 20014)
  )
  group by all
),
judged as (
  select h.*, greatest(512, 2 ** ceil(log2(greatest(h.queue_peak, h.backlog) * 8)))::bigint as wanted, c.listen_backlog, x.somaxconn, b.sockets, u.half_from, r.first_ts, r.last_ts, r.interval_s, w.state as workers, w.workers_limit, i.idle, coalesce(e.lines, 0) as backend_lines,
    coalesce(c.listen_backlog > h.backlog and x.somaxconn = h.backlog, false) as is_cut,
    coalesce(h.backlog < c.listen_backlog and h.backlog < x.somaxconn, false) as is_stale,
    h.backlog in (128, 511) as is_default,
    h.queue_peak >= $half * h.backlog as is_half
  from handshake as h
  join recording as r using (run, host)
  join busy as b on b.run = h.run and b.host = h.host and b.listener = h.listener
  left join configured as c on c.run = h.run and c.host = h.host
  left join somaxconn as x on x.run = h.run and x.host = h.host
  left join worker_state as w on w.run = h.run and w.host = h.host
  left join idle as i on i.run = h.run and i.host = h.host
  left join backend_errors as e on e.run = h.run and e.host = h.host and e.listener = h.listener
  left join used as u on u.run = h.run and u.host = h.host and u.listener = h.listener
),
hit as (
  select *,
    coalesce((samples_over > 0 or overflows >= 10) and workers <> 'saturated' and idle >= $idle_share * workers_limit, false) and backend_lines < $backend_lines
      -- A limit that is asked for is no defect: then the bursts are the cause, or whatever held the workers.
      and (is_cut or is_stale) as is_cause
  from judged
  where (is_cut or is_stale or is_default) and (queue_peak > 0 or samples_over > 0)
)
select
  run, host, listener as subject, case when is_half then half_from else first_ts end as onset, last_ts as ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when is_half then 'warning' else 'info' end as severity,
  case when is_cause and is_half then 'cause' else 'context' end as role,
  case when is_cut or is_stale then 'high' else 'medium' end as confidence,
  'The accept queue of ' || listener || ' is limited to ' || amount(backlog) || case when is_cut then ' by net.core.somaxconn' when is_stale then ' since the last restart' else ', a default' end as headline,
  'the accept queue of ' || listener || ' was limited to ' || amount(backlog) as consequence,
  case
    when is_cut then 'ListenBacklog asks for ' || amount(listen_backlog) || ', net.core.somaxconn allows ' || amount(somaxconn) || ': the limit in force is ' || amount(backlog)
    when is_stale then 'ListenBacklog ' || amount(listen_backlog) || ' and net.core.somaxconn ' || amount(somaxconn) || ' allow more than the ' || amount(backlog) || ' in force: the listener was not restarted since'
    else 'The limit ' || amount(backlog) || ' is a default'
  end || '; at most ' || amount(queue_peak) || ' waited in it.' as summary,
  items([
    evidence('Limit of the accept queue (Send-Q) of ' || listener, metric := 'listener_limit', dimension := listener, value := backlog, unit := 'sockets'),
    evidence('Most connections waiting for accept()', metric := 'listener_queue', dimension := listener, value := queue_peak, unit := 'sockets', seen := queue_peak_ts),
    evidence('net.core.somaxconn', value := somaxconn),
    evidence('ListenBacklog', value := listen_backlog)
  ]) as evidence,
  items([
    ruled_out('accept-queue-overflow', case when not is_half and coalesce(overflows, 0) < 1 then 'the queue never held half of its limit and nothing overflowed: no change is needed' end)
  ]) as ruled_out,
  items([
    action(case when is_half then 'Raise both limits to ' || amount(wanted) || ' (8 × ' || amount(greatest(queue_peak, backlog)) || ', the larger of the peak seen and the limit, as a power of two and at least 512) and restart: the limit is read at listen().' else 'No action while the queue stays this empty.' end,
      command := case when is_half then 'sysctl -w net.core.somaxconn=' || greatest(wanted, coalesce(somaxconn, 4096)) || chr(10) || 'ListenBacklog ' || wanted || '   # server configuration' || chr(10) || 'systemctl restart apache2' end,
      risk := case when is_half then 'the restart drops open connections' else 'none' end, verify := 'ss -ltn: Send-Q of the listener is the new limit, Recv-Q below half of it')
  ]) as actions
from hit
order by run, host, subject
