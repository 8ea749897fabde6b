-- id: accept-queue-overflow
-- title: A listener’s accept queue overflows
-- question: Did the application fail to take connections as fast as the kernel had them ready?
-- why: The kernel drops what does not fit; clients wait one second and more for each retry, or give up.
-- logic:
--   The overflow counter rises by overflow_rate or more and by `overflows` in all, or a sample shows more connections waiting at a listener than its limit.
--   It is the cause only while workers were idle and no backend failed: then the queue is too short for the bursts. Else it is a symptom of whatever held the workers.
--   SYN cookies that come back, or handshakes that conntrack saw answered, tell it from a flood.
-- needs: handshake, episode, metric, worker_state, recording, error_log, sample
-- evidence: counter | socket
-- explains: overload-sequence, close-wait-unaccepted, last-ack-stuck, monitor-probe-failed
-- params:
--   overflow_rate DOUBLE 1 /s smallest overflow rate that counts
--   overflows DOUBLE 10 overflows fewest in the run that count where no sample shows the queue full
--   flood_ratio DOUBLE 0.05 - cookies returned for each one sent, below which it may be a flood
--   idle_share DOUBLE 0.1 ratio share of idle workers from which workers are not what is missing
--   backend_lines INTEGER 5 lines backend errors in one minute from which a backend may be behind it
-- columns: finding
-- severity: critical
-- role: symptom
-- tells: idle workers while the queue is full
-- caveats:
--   The overflow counter is of the whole host; it is laid to the listener whose queue was seen full.
--   A queue that fills and empties between two samples shows in the counter only.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/snmp_counter.html
--   Linux 6.1 net/ipv4/tcp_input.c tcp_conn_request, net/ipv4/tcp_minisocks.c tcp_check_req
with overflow as (
  select run, host, min(onset) as onset, max(ended) as ended, bool_or(ended is null) as open, max(peak) as peak_rate, arg_max(peak_ts, peak) as peak_ts
  from episode
  where metric = 'TcpExtListenOverflows' and peak >= $overflow_rate
  group by all
),
over as (
  select run, host, dimension as listener, min(onset) as onset, max(ended) as ended, bool_or(ended is null) as open
  from episode
  where metric = 'listener_fill'
  group by all
),
-- One snapshot proves an overflow when more wait than the limit.
candidate as (
  select h.* replace (nullif(h.listener, '') as listener), coalesce(nullif(h.listener, ''), 'a listener of this host') as name, o.onset as queue_onset, o.ended as queue_ended, o.open as queue_open,
    v.onset as counter_onset, v.ended as counter_ended, v.open as counter_open, v.peak_rate, v.peak_ts as rate_ts,
    row_number() over (
      partition by h.run, h.host
      order by h.samples_over desc, coalesce(h.queue_peak / nullif(h.backlog, 0)::double, 0) desc,
        coalesce(unowned.most, 0) desc, h.syn_recv_peak desc nulls last, h.listener
    ) as place
  from handshake as h
  left join over as o on o.run = h.run and o.host = h.host and o.listener = h.listener
  left join overflow as v on v.run = h.run and v.host = h.host
  left join (
    select run, host, dimension as listener, max(value) as most
    from metric
    where metric in ('sockets_close_wait_unowned', 'sockets_established_unowned')
    group by all
  ) as unowned on unowned.run = h.run and unowned.host = h.host and unowned.listener = h.listener
),
hit as (
  select c.*, r.interval_s, r.last_ts, w.state as workers, w.workers_limit, w.peak_busy, w.usual_busy, w.answered, w.full_samples,
    coalesce(least(c.queue_onset, c.counter_onset), c.queue_peak_ts) as onset,
    case when coalesce(c.queue_open, false) or coalesce(c.counter_open, false) then null else greatest(c.queue_ended, c.counter_ended) end as ended,
    coalesce(c.overflows, 0) >= 10 or c.counter_onset is not null as counted_overflow,
    c.samples_over > 0 as seen_full
  from candidate as c
  join recording as r using (run, host)
  left join worker_state as w using (run, host)
  where c.samples_over > 0 or (c.place = 1 and c.counter_onset is not null and c.overflows >= $overflows)
),
idle as (
  select h.run, h.host, h.listener, min(m.value) as fewest_idle, floor(median(m.value)) as usual_idle
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'workers_idle' and m.ts >= h.onset and m.ts <= coalesce(h.ended, h.last_ts)
  group by all
),
-- A proxy logs a lone failure now and then; a backend that is to blame fails many times in a minute, or once its time-outs are over.
backend_errors as (
  select run, host, listener, max(lines) as lines
  from (
    select h.run, h.host, h.listener,
      count(*) over (partition by h.run, h.host, h.listener order by e.ts range between interval 60 second preceding and current row) as lines
    from hit as h
    join sample as s on s.run = h.run and s.host = h.host
    join error_log as e on e.capture_id = s.capture_id and e.ts between h.onset - interval 60 second and coalesce(h.ended, h.last_ts) + interval 60 second
    where e.code in ('AH00957', 'AH01114') or (e.code in ('AH01102', 'AH00893', 'AH00992') and e.errno is distinct from 20014)
  )
  group by all
),
judged as (
  select hit.*, greatest(512, 2 ** ceil(log2(greatest(hit.queue_peak, hit.backlog) * 8)))::bigint as wanted, idle.fewest_idle, idle.usual_idle, coalesce(b.lines, 0) as backend_lines,
    -- Workers were free while the queue was full: the queue itself is too short for the burst.
    coalesce(hit.workers <> 'saturated' and idle.usual_idle >= $idle_share * hit.workers_limit, false) and coalesce(b.lines, 0) < $backend_lines as is_cause
  from hit
  left join idle on idle.run = hit.run and idle.host = hit.host and idle.listener is not distinct from hit.listener
  left join backend_errors as b on b.run = hit.run and b.host = hit.host and b.listener is not distinct from hit.listener
)
select
  run, host, listener as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'critical' as severity,
  case when is_cause then 'cause' else 'symptom' end as role,
  case when counted_overflow and seen_full then 'high' when counted_overflow and cookie_ratio >= 0.5 then 'high' else 'medium' end as confidence,
  'The accept queue of ' || name || coalesce(' (limit ' || amount(backlog) || ')', '')
    || case when is_cause then ' was too short for the bursts of clients and overflowed for ' else ' overflowed for ' end
    || lasted(onset, ended, last_ts) as headline,
  'the accept queue of ' || name || ' overflowed' as consequence,
  case when seen_full then 'Up to ' || amount(queue_peak) || ' connections waited in a queue for ' || amount(backlog) else coalesce('No sample caught the queue of ' || name || ' full (at most ' || amount(queue_peak) || ' of ' || amount(backlog) || ': it fills and empties between two)', 'Its sockets were not recorded') end
    || coalesce(', and the kernel counted ' || amount(overflows) || ' overflows, attempts that were dropped' || coalesce(', up to ' || amount(peak_rate) || ' per second', ''), '')
    || coalesce(case when is_cause then '; ' || amount(usual_idle) || ' workers were idle at the time, so capacity was there' when workers = 'saturated' then '; no worker was free to take them' end, '') || '.' as summary,
  items([
    evidence('Connections waiting for accept() at ' || listener, metric := 'listener_queue', dimension := listener, value := queue_peak, unit := 'sockets', seen := queue_peak_ts),
    evidence('Accept-queue overflows: attempts, not people', metric := 'TcpExtListenOverflows', dimension := '', value := nullif(overflows, 0), baseline := 0, unit := 'overflows', seen := rate_ts),
    evidence('Idle workers while it overflowed (median)', metric := 'workers_idle', dimension := '', value := usual_idle, unit := 'workers'),
    evidence('Limit of that queue (Send-Q of the listener)', metric := 'listener_limit', dimension := listener, value := backlog, unit := 'sockets'),
    evidence('Samples with more waiting than the limit', value := nullif(samples_over, 0), baseline := 0, unit := 'samples'),
    evidence('SYN cookies that came back for each one sent', metric := 'TcpExtSyncookiesRecv', dimension := '', value := cookie_ratio, unit := 'per cookie sent')
  ]) as evidence,
  items([
    ruled_out('syn-flood', case
      when cookie_ratio >= $flood_ratio then 'a flood gets almost no SYN cookie back (under 5 %); here ' || amount(cookie_ratio) || ' came back for each one sent, and the accept queue itself was full, which spoofed handshakes never reach'
      when counted_overflow then 'spoofed handshakes never reach the accept queue: ' || amount(overflows) || ' overflows are of handshakes that were completed' || case when coalesce(cookies_sent, 0) < 1 then ', and no SYN cookie had to be sent' else '' end
      when seen_full and not counted_overflow then 'more connections are waiting for accept() than the limit: they completed the handshake' end),
    ruled_out('mpm-saturated', case when is_cause then 'workers were idle while it overflowed (median ' || amount(usual_idle) || coalesce(' of ' || amount(workers_limit), '') || '), and no MaxRequestWorkers line' end),
    ruled_out('backend-timeout', case when is_cause then case when backend_lines = 0 then 'no backend error in the error log meanwhile' else 'at most ' || counted(backend_lines, 'backend error') || ' in a minute meanwhile' end end),
    ruled_out('a backlog that is too small', case when workers = 'saturated' then 'no worker took connections: a longer queue only holds more clients who give up' end)
  ]) as ruled_out,
  items([
    action(case when is_cause then 'Make the queue as long as the bursts: ListenBacklog ' || amount(wanted) || ' or more (8 × ' || amount(greatest(queue_peak, backlog)) || ', the larger of the peak seen and the limit, as a power of two and at least 512), with net.core.somaxconn at least as high; the limit is read at listen(), so restart.'
        else 'Free the workers first; the queue is where it shows, not where it begins.' end,
      command := case when is_cause then '[ "$(sysctl -n net.core.somaxconn)" -ge ' || greatest(4096, wanted) || ' ] || sysctl -w net.core.somaxconn=' || greatest(4096, wanted) || chr(10) || 'ListenBacklog ' || wanted || '   # server configuration' || chr(10) || 'systemctl restart apache2' end,
      risk := case when is_cause then 'the restart drops open connections; a queue longer than clients wait only serves those who left' else 'none' end,
      verify := 'ss -ltn shows the new limit in Send-Q and Recv-Q below half of it; nstat -az TcpExtListenOverflows stays flat')
  ]) as actions
from judged
order by run, host, onset, subject
