-- id: overload-sequence
-- title: Queue, then CLOSE_WAIT, then LAST_ACK: an overload runs its course
-- question: Did workers stall, clients give up, and the late closes go unanswered, in that order?
-- why: The order tells an overload from an attack, a leak and a network fault: each step is forced by the one before.
-- logic:
--   A queue that fills (accept queue, SYN_RECV, workers), then CLOSE_WAIT on the service port within queue_to_close, then LAST_ACK within close_to_last: each step is an episode of its own series.
--   SYN_RECV of clients that only say nothing yet (deferred accept) is no first step unless the accept queue overflowed as well.
--   Each step is called seen, expected and not seen, or not observable with these samples.
-- needs: episode, metric, listener, recording, worker_state, handshake, stuck_sockets, error_log, sample, socket_process
-- evidence: socket
-- explains: close-wait-unaccepted, last-ack-stuck, monitor-probe-failed
-- params:
--   queue_to_close DOUBLE 120 s longest lag from the first step to CLOSE_WAIT
--   close_to_last DOUBLE 300 s longest lag from CLOSE_WAIT to LAST_ACK
--   unowned_share DOUBLE 0.3 ratio share of CLOSE_WAIT that was never accepted
-- columns: finding
--   course JSON the steps, in order: seen, not-seen or not-observable
-- severity: critical
-- role: symptom
-- caveats:
--   Clients that keep waiting leave no CLOSE_WAIT; clients that answer leave no LAST_ACK: a step may be missing for good reasons.
--   With more than a minute between samples SYN_RECV and LAST_ACK can come and go unseen.
-- refs:
--   Linux 6.1 net/ipv4/tcp_minisocks.c, net/ipv4/tcp_timer.c; TIME_WAIT and LAST_ACK outlive what caused them
with place as (
  select l.run, l.host, l.listener, l.backlog, r.interval_s, r.last_ts, r.samples, coalesce(r.interval_s, 0) as slack
  from listener as l
  join recording as r using (run, host)
  where not l.loopback
),
step_episode as (
  select run, host, dimension as listener,
    case metric
      when 'listener_fill' then 'accept-queue' when 'sockets_syn_recv' then 'SYN_RECV'
      when 'sockets_close_wait' then 'CLOSE_WAIT' when 'sockets_last_ack' then 'LAST_ACK'
    end as step,
    min(onset) as onset, arg_max(peak_ts, (peak, -epoch_us(onset))) as peak_ts,
    case when bool_or(ended is null) then null else max(ended) end as ended, max(peak) as peak, min(baseline) as usual
  from episode
  where metric in ('listener_fill', 'sockets_syn_recv', 'sockets_close_wait', 'sockets_last_ack') and dimension <> ''
  group by all
),
queue_peak as (
  select run, host, dimension as listener, max(value) as peak, median(value) as usual
  from metric
  where metric = 'listener_queue'
  group by all
),
-- All steps a listener can show, with what was measured when nothing rose.
step as (
  select p.run, p.host, p.listener, n.step, n.place, e.onset, e.ended, e.peak_ts,
    case when n.step = 'accept-queue' then q.peak else coalesce(e.peak, m.peak) end as peak,
    case when n.step = 'accept-queue' then q.usual else coalesce(e.usual, m.usual) end as usual,
    m.peak is not null or (n.step = 'accept-queue' and q.peak is not null) as measured
  from place as p
  cross join (values ('accept-queue', 2), ('SYN_RECV', 3), ('CLOSE_WAIT', 4), ('LAST_ACK', 5)) as n (step, place)
  left join step_episode as e on e.run = p.run and e.host = p.host and e.listener = p.listener and e.step = n.step
  left join queue_peak as q on q.run = p.run and q.host = p.host and q.listener = p.listener
  left join (
    select run, host, dimension as listener, case metric when 'sockets_syn_recv' then 'SYN_RECV' when 'sockets_close_wait' then 'CLOSE_WAIT' else 'LAST_ACK' end as step,
      max(value) as peak, median(value) as usual
    from metric
    where metric in ('sockets_syn_recv', 'sockets_close_wait', 'sockets_last_ack') and dimension <> ''
    group by all
  ) as m on m.run = p.run and m.host = p.host and m.listener = p.listener and m.step = n.step
  union all
  select p.run, p.host, p.listener, 'workers' as step, 1 as place,
    case when w.state = 'saturated' then least(w.first_full, w.logged_at) end as onset, w.last_full as ended, w.first_full as peak_ts,
    w.peak_busy as peak, w.usual_busy as usual, w.answered > 0 or w.logged_at is not null as measured
  from place as p
  left join worker_state as w using (run, host)
),
shape as (
  select p.*,
    min(s.onset) filter (s.step in ('workers', 'accept-queue', 'SYN_RECV')) as a_onset,
    min(s.onset) filter (s.step in ('workers', 'accept-queue')) as full_onset,
    max(s.onset) filter (s.step = 'CLOSE_WAIT') as b_onset, max(s.ended) filter (s.step = 'CLOSE_WAIT') as b_ended,
    max(s.peak) filter (s.step = 'CLOSE_WAIT') as b_peak, max(s.peak_ts) filter (s.step = 'CLOSE_WAIT') as b_peak_ts,
    max(s.usual) filter (s.step = 'CLOSE_WAIT') as b_usual,
    max(s.onset) filter (s.step = 'LAST_ACK') as c_onset, max(s.peak) filter (s.step = 'LAST_ACK') as c_peak, max(s.ended) filter (s.step = 'LAST_ACK') as c_ended,
    max(s.peak) filter (s.step = 'SYN_RECV') as syn_peak, max(s.usual) filter (s.step = 'SYN_RECV') as syn_usual, max(s.onset) filter (s.step = 'SYN_RECV') as syn_onset
  from place as p
  join step as s using (run, host, listener)
  group by all
),
never_accepted as (
  select run, host, dimension as listener, max(value) as unowned_peak
  from metric
  where metric = 'sockets_close_wait_unowned' and dimension <> ''
  group by all
),
owner as (
  select s.run, s.host, k.local_port, count(*) filter (k.process in ('apache2', 'httpd')) as apache
  from socket_process as k
  join sample as s using (capture_id)
  where k.state = 'CLOSE_WAIT'
  group by all
),
marker as (
  select s.run, s.host,
    count(*) filter (e.code in ('AH01102', 'AH00898', 'AH00957', 'AH00893', 'AH00992') and e.level <> 'notice') as backend_lines,
    min(e.ts) filter (e.code in ('AH00171', 'AH00493', 'AH00494')) as restarted
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.ts between r.log_from and r.log_until
  group by all
),
hit as (
  select p.*, n.unowned_peak, m.backend_lines, m.restarted, h.cookie_ratio, h.acked, h.half_open, h.in_conntrack, w.state as workers, w.workers_limit,
    p.c_onset is not null and p.c_onset >= p.b_onset - to_seconds(p.slack::bigint) and seconds_between(p.b_onset, p.c_onset) <= $close_to_last + p.slack as has_last
  from shape as p
  left join never_accepted as n using (run, host, listener)
  left join marker as m using (run, host)
  left join handshake as h using (run, host, listener)
  left join worker_state as w using (run, host)
  left join listener as l using (run, host, listener)
  left join owner as o on o.run = p.run and o.host = p.host and o.local_port = l.local_port
  where p.a_onset is not null and p.b_onset is not null
    and seconds_between(p.a_onset, p.b_onset) between -p.slack and $queue_to_close + p.slack
    and (p.full_onset is not null or h.overflows >= 10 or not exists (
      select 1 from stuck_sockets as k
      where k.run = p.run and k.host = p.host and k.place = p.listener and k.metric = 'silent_handshakes'
    ))
    and (n.unowned_peak >= $unowned_share * p.b_peak or coalesce(o.apache, 0) > 0)
),
told as (
  select s.run, s.host, s.listener, list({
    'step': s.step,
    'title': case s.step
      when 'workers' then 'All workers busy' when 'accept-queue' then 'Accept queue full' when 'SYN_RECV' then 'Handshakes pile up'
      when 'CLOSE_WAIT' then 'Clients give up' else 'Late closes go unanswered' end,
    'status': case when s.onset is not null then 'seen' when not s.measured then 'not-observable'
      when h.interval_s > 60 and s.step in ('SYN_RECV', 'LAST_ACK') then 'not-observable' else 'not-seen' end,
    'onset': s.onset, 'ended': s.ended,
    'lag_s': round(seconds_between(h.a_onset, s.onset), 1), 'peak': s.peak, 'usual': s.usual,
    'note': case
      when s.onset is not null then case s.step
        when 'workers' then 'no worker was free' when 'accept-queue' then coalesce(amount(s.peak) || ' waiting, limit ' || amount(h.backlog), 'the queue was full')
        when 'SYN_RECV' then case when h.acked > 0 then amount(h.acked) || ' of ' || amount(h.in_conntrack) || ' found in conntrack are ESTABLISHED there: the ACK had arrived' else 'handshakes not finished' end
        when 'CLOSE_WAIT' then coalesce(amount(h.unowned_peak) || ' of up to ' || amount(s.peak) || ' were never accepted', 'clients closed while they waited') else 'our FIN is retransmitted to peers that are gone' end
      when not s.measured then 'not recorded'
      when h.interval_s > 60 and s.step in ('SYN_RECV', 'LAST_ACK') then 'samples more than a minute apart can miss it'
      else coalesce('at most ' || amount(s.peak) || ', usual ' || amount(s.usual), 'nothing beyond usual') end
  } order by s.place) as course
  from step as s
  join hit as h using (run, host, listener)
  group by all
)
select
  h.run, h.host, h.listener as subject, h.a_onset as onset,
  case when h.has_last then h.c_ended else h.b_ended end as ended,
  h.slack::double as onset_uncertainty_s,
  'critical' as severity,
  'symptom' as role,
  case when h.has_last and (h.backend_lines > 0 or h.workers = 'saturated') then 'high' else 'medium' end as confidence,
  'An overload of ' || h.listener || ' ran its course in ' || length_of(seconds_between(h.a_onset, coalesce(h.c_ended, h.b_ended, h.last_ts))) as headline,
  'clients gave up waiting' || case when h.has_last then ' and the late closes went unanswered' else '' end as consequence,
  case when h.syn_onset is not null then 'SYN_RECV rose from ' || coalesce(amount(h.syn_usual), 'an unknown number') || ' to ' || amount(h.syn_peak) || ', then ' else 'The queue filled, then ' end
    || 'CLOSE_WAIT from ' || amount(h.b_usual) || ' to ' || amount(h.b_peak) || coalesce(' (up to ' || amount(h.unowned_peak) || ' never accepted) ', ' ')
    || length_of(greatest(0, seconds_between(h.a_onset, h.b_onset))) || ' after the first step'
    || case when h.has_last then ', then LAST_ACK to ' || amount(h.c_peak) || ' after ' || length_of(seconds_between(h.a_onset, h.c_onset)) else '; LAST_ACK did not follow' end || '.' as summary,
  items([
    evidence('SYN_RECV at ' || h.listener, metric := 'sockets_syn_recv', dimension := h.listener, value := case when h.syn_onset is not null then h.syn_peak end, baseline := h.syn_usual, unit := 'sockets', seen := h.syn_onset),
    evidence('CLOSE_WAIT at ' || h.listener, metric := 'sockets_close_wait', dimension := h.listener, value := h.b_peak, baseline := h.b_usual, unit := 'sockets', seen := h.b_peak_ts),
    evidence('CLOSE_WAIT with inode 0: clients that left before anybody accepted them', metric := 'sockets_close_wait_unowned', dimension := h.listener, value := h.unowned_peak, baseline := 0, unit := 'sockets', seen := h.b_peak_ts),
    evidence('LAST_ACK at ' || h.listener, metric := 'sockets_last_ack', dimension := h.listener, value := case when h.has_last then h.c_peak end, baseline := 0, unit := 'sockets', seen := h.c_onset),
    evidence('Backend errors in the error log', value := nullif(h.backend_lines, 0), baseline := 0, unit := 'lines')
  ]) as evidence,
  items([
    ruled_out('syn-flood', case
      when h.acked >= 0.5 * h.in_conntrack and h.in_conntrack > 0 then amount(h.acked) || ' of ' || amount(h.in_conntrack) || ' SYN_RECV sockets found in conntrack are ESTABLISHED there: those peers did answer'
      when h.cookie_ratio >= 0.05 then amount(h.cookie_ratio) || ' SYN cookies came back for each one sent; a flood gets under 0.05' end),
    ruled_out('close-wait-leak', case when h.b_ended is not null then 'CLOSE_WAIT was back to usual at ' || clock(h.b_ended) || ', once workers were free; a leak stays' end),
    ruled_out('syn-recv-lost-ack', case when h.acked >= 0.5 * h.in_conntrack and h.in_conntrack > 0 then 'conntrack saw the ACK of these handshakes, so it was not lost on the way' end),
    ruled_out('restart or deploy', case when h.restarted is null or abs(seconds_between(h.restarted, h.a_onset)) > 60 then 'no restart of Apache (AH00171, AH00493) within 60 s of the onset' end)
  ]) as ruled_out,
  items([
    action('Nothing to do for the sockets: CLOSE_WAIT ends when workers are free, LAST_ACK by itself about 106 s after each close (tcp_orphan_retries 0 means 8 tries).',
      command := 'ss -Htan state last-ack | wc -l', risk := 'none', verify := 'CLOSE_WAIT with inode 0 is 0; LAST_ACK below 10 within two minutes of the end'),
    action('Bound the slow leg, so that one slow backend cannot hold every worker, and consider the event MPM'
        || coalesce(': with a time-out of 15 s it takes ' || amount(h.workers_limit) || ' workers / 15 s = ' || amount(h.workers_limit / 15.0) || ' hanging requests/s to hold them all', '') || '.',
      command := 'ProxyPass /app http://backend/app timeout=15 connectiontimeout=3 retry=5' || chr(10) || 'Timeout 30', risk := 'cuts requests that honestly take longer: set it per URL',
      verify := 'AH01102 lines stop, a worker stays idle')
  ]) as actions,
  to_json(t.course) as course
from hit as h
join told as t using (run, host, listener)
order by h.run, h.host, h.a_onset, h.listener
