-- id: close-wait-unaccepted
-- title: Clients left while they waited for accept()
-- question: Did clients give up and close before any process had taken their connection?
-- why: They are requests that nobody will ever see in a log: neither served nor refused, and served for nobody when their turn comes.
-- logic:
--   CLOSE_WAIT at a listener with inode 0 was never accepted. Five of them, or fewer that are queue_share of what waits for accept(), are enough in a single snapshot.
--   In a recording, what shows in one sample only is noted and no more.
-- needs: metric, recording, listener, worker_state
-- evidence: socket
-- explains: none
-- params:
--   sockets DOUBLE 5 sockets such connections from which it matters
--   queue_share DOUBLE 0.2 ratio share of the accept queue from which fewer matter
--   few DOUBLE 2 sockets fewest that can matter so
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   Needs inodes (ss -e): without them it is unknown who accepted what.
--   A kernel before 4.10 lets handshakes wait in SYN_RECV instead: then fewer show here.
-- refs:
--   Linux 6.1 net/ipv4/tcp_input.c tcp_fin, net/ipv4/tcp_minisocks.c tcp_child_process
with seen as (
  select m.run, m.host, m.dimension as listener, m.ts, m.value as sockets, q.value as waiting, a.value as close_wait,
    m.value >= $sockets or (m.value >= $few and m.value >= $queue_share * q.value) as matters
  from metric as m
  join listener as l on l.run = m.run and l.host = m.host and l.listener = m.dimension and not l.loopback
  left join metric as q on q.run = m.run and q.host = m.host and q.ts = m.ts and q.dimension = m.dimension and q.metric = 'listener_queue'
  left join metric as a on a.run = m.run and a.host = m.host and a.ts = m.ts and a.dimension = m.dimension and a.metric = 'sockets_close_wait'
  where m.metric = 'sockets_close_wait_unowned'
),
shape as (
  select run, host, listener, min(ts) filter (matters) as onset, max(ts) filter (matters) as last_seen, count(*) filter (matters) as samples, max(sockets) as peak,
    arg_max(ts, (sockets, -epoch_us(ts))) as peak_ts, arg_max(waiting, (sockets, -epoch_us(ts))) as waiting, arg_max(close_wait, (sockets, -epoch_us(ts))) as close_wait
  from seen
  group by all
  having count(*) filter (matters) > 0
),
hit as (
  select h.*, (select min(s.ts) from seen as s where s.run = h.run and s.host = h.host and s.listener = h.listener and s.ts > h.last_seen) as ended,
    l.backlog, r.interval_s, r.last_ts, r.samples as all_samples, w.state as workers
  from shape as h
  join listener as l using (run, host, listener)
  join recording as r using (run, host)
  left join worker_state as w using (run, host)
)
select
  run, host, listener as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when samples >= 2 or all_samples < 3 then 'warning' else 'info' end as severity,
  'symptom' as role,
  case when waiting >= peak or workers = 'saturated' then 'high' else 'medium' end as confidence,
  'Up to ' || amount(peak) || ' clients of ' || listener || ' left before anybody accepted them, for ' || lasted(onset, ended, last_ts) as headline,
  'up to ' || amount(peak) || ' clients left before anybody accepted them' as consequence,
  amount(peak) || coalesce(' of ' || amount(close_wait), '') || ' sockets in CLOSE_WAIT at ' || listener || ' belong to no process: the client closed while its connection waited for accept()'
    || coalesce('; ' || amount(waiting) || ' connections waited at that time' || coalesce(', limit ' || amount(backlog), ''), '')
    || '. Seen in ' || counted(samples, 'sample') || '.' as summary,
  items([
    evidence('CLOSE_WAIT with inode 0 at ' || listener, metric := 'sockets_close_wait_unowned', dimension := listener, value := peak, baseline := 0, unit := 'sockets', seen := peak_ts),
    evidence('Connections that waited for accept() then', metric := 'listener_queue', dimension := listener, value := waiting, unit := 'sockets', seen := peak_ts),
    evidence('CLOSE_WAIT at ' || listener || ' then, accepted ones included', metric := 'sockets_close_wait', dimension := listener, value := close_wait, unit := 'sockets', seen := peak_ts),
    evidence('Samples with such sockets', value := samples, unit := 'samples, of ' || amount(all_samples))
  ]) as evidence,
  items([
    ruled_out('close-wait-leak', 'an application cannot leak what it never accepted: ' || amount(peak) || ' sockets have no inode'),
    ruled_out('close-wait-backend-pool', 'they are connections of clients to ' || listener || ', not connections to a backend')
  ]) as ruled_out,
  items([
    action('Find out what keeps the server from accept(): busy workers, or a process that hangs. The sockets end when they are accepted, or with the listener.',
      command := 'ss -Htane state close-wait | grep -c ''ino:0 ''', risk := 'none', verify := 'no CLOSE_WAIT with ino:0; Recv-Q of the listener near 0')
  ]) as actions
from hit
order by run, host, onset, subject
