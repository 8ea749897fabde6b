-- id: close-wait-leak
-- title: An application never closes what its peers have closed
-- question: Does a process on this host keep more and more connections in CLOSE_WAIT?
-- why: Only the application can end CLOSE_WAIT; at its limit of open files it stops accepting, and no setting of the kernel helps.
-- logic:
--   Connections of one process that are in CLOSE_WAIT in `seen` samples or more, or for `held_s` in `fewest` samples: nearly all of them are still there at the end (at most gone_share ended), and their number grew in `growths` samples or more.
--   Workers that are stuck hold one connection each and let go of it: for Apache the number has to pass the number of its workers.
--   Towards a backend a worker keeps one for each ProxyPass and BalancerMember: it has to pass so many times the number of workers.
-- needs: socket_lineage, recording, metric, worker_state, resource_limit, setting, sample
-- evidence: socket
-- explains: accept-queue-overflow, close-wait-unaccepted
-- params:
--   sockets INTEGER 20 sockets connections that are kept, at least
--   seen INTEGER 5 samples samples a connection has to be seen in to count
--   held_s INTEGER 20 s time in CLOSE_WAIT from which fewer samples do: a program that is well closes within milliseconds
--   fewest INTEGER 3 samples samples that are needed then
--   growths INTEGER 5 samples samples in which the number grew, at least
--   gone_share DOUBLE 0.1 ratio share of such connections that may have ended
-- columns: finding
-- severity: critical
-- role: cause
-- tells: CLOSE_WAIT that outlasts its clients, and ends with a restart of the program
-- caveats:
--   An application all of whose threads hang looks the same until they go on; then its accept queue fills as well.
--   A recording shorter than the time the application takes to close shows growth only.
-- refs:
--   Linux 6.1 net/ipv4/tcp.c tcp_close; https://man7.org/linux/man-pages/man2/getrlimit.2.html RLIMIT_NOFILE
with held as (
  -- The owner is looked up in some samples only: where one program alone was seen at a place, it holds those that were not looked up.
  select l.* exclude (process), coalesce(l.process, case when min(l.process) over here = max(l.process) over here then min(l.process) over here end) as process
  from socket_lineage as l
  where state = 'CLOSE_WAIT' and not unowned and (samples >= $seen or (samples >= $fewest and age_s >= $held_s))
  window here as (partition by l.run, l.host, l.place)
),
grouped as (
  select run, host, place, process, any_value(listener) as listener, count(*) filter (last_n = final_n) as kept, count(*) filter (last_n < final_n) as gone,
    count(distinct first_n) filter (last_n = final_n) as growths, min(first_ts) filter (last_n = final_n) as onset, max(first_ts) filter (last_n = final_n) as last_growth,
    max(age_s) as oldest_s, count(distinct pid) as processes, max(pid) as pid, max(fd) as most_fd, count(distinct peer_addr) as peers
  from held
  group by run, host, place, process
),
full_queue as (
  select run, host, dimension as listener, max(value) as fill
  from metric
  where metric = 'listener_fill'
  group by all
),
limits as (
  select s.run, s.host, k.pid, max(k.soft) as most_files
  from resource_limit as k
  join sample as s using (capture_id)
  where k.name = 'Max open files'
  group by all
),
-- A worker may keep a connection for each of these.
pools as (
  select s.run, s.host, count(distinct lower(t.key) || ' ' || t.value) as pools, string_agg(distinct t.value, ' ') as targets
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) in ('proxypass', 'proxypassmatch', 'balancermember')
  group by all
),
hit as (
  select g.*, q.fill, l.most_files, r.interval_s, r.last_ts, w.workers_limit,
    case when g.last_growth > g.onset then (g.kept - 1) / seconds_between(g.onset, g.last_growth) end as per_second,
    coalesce(g.process, 'An application') as name, 'sockets_close_wait' as metric
  from grouped as g
  join recording as r using (run, host)
  left join worker_state as w using (run, host)
  left join full_queue as q on q.run = g.run and q.host = g.host and q.listener = g.listener
  left join pools as p on p.run = g.run and p.host = g.host and g.listener is null
  left join limits as l on l.run = g.run and l.host = g.host and l.pid = g.pid and g.processes = 1
  where g.kept >= $sockets and g.growths >= $growths and g.gone <= $gone_share * (g.kept + g.gone)
    and case when g.process in ('apache2', 'httpd') or (g.process is null and contains(p.targets, g.place)) then g.kept > w.workers_limit * coalesce(p.pools, 1) else true end
),
peak as (
  select h.run, h.host, h.place, h.process, max(m.value) as peak, arg_max(m.ts, (m.value, -epoch_us(m.ts))) as peak_ts, min(m.value) filter (m.ts < h.onset) as usual
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'sockets_close_wait' and m.dimension = h.place
  group by all
),
told as (
  select h.*, p.peak, p.peak_ts, p.usual,
    case when most_files > most_fd + 1 and per_second > 0 then (most_files - most_fd - 1) / per_second end as seconds_left
  from hit as h
  left join peak as p on p.run = h.run and p.host = h.host and p.place = h.place and p.process is not distinct from h.process
)
select
  run, host, place as subject, onset, null::timestamp as ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'critical' as severity,
  'cause' as role,
  case when growths >= 2 * $growths and coalesce(fill < 0.5, true) and process is not null then 'high' when coalesce(fill < 0.5, true) then 'medium' else 'low' end as confidence,
  name || case when processes = 1 then ' (pid ' || pid || ')' else '' end || ' leaks connections: it never closed ' || amount(kept) || ' that ' || case when listener is not null then 'clients of ' else '' end || place || ' had closed' as headline,
  name || ' never closed ' || amount(kept) || ' connections of ' || place as consequence,
  'Connections of ' || place || ' in CLOSE_WAIT that a process holds grew in ' || counted(growths, 'sample') || ' to ' || amount(kept)
    || coalesce(', ' || amount(60 * per_second) || ' per minute', '') || ', from ' || clock(onset) || ' to ' || clock(last_growth) || '; the oldest has been there for ' || length_of(oldest_s)
    || ' and ' || case when gone = 0 then 'none has ended' else amount(gone) || ' have ended' end
    || coalesce('. The process has used file descriptors up to ' || amount(most_fd) || coalesce('; its limit of ' || amount(most_files) || ' is reached in ' || length_of(seconds_left), ''), '') || '.' as summary,
  items([
    evidence('CLOSE_WAIT of ' || place, metric := metric, dimension := place, value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Connections that were closed by the peer and are still held at the end', value := kept, baseline := 0, unit := 'connections', seen := onset),
    evidence('Of those seen in ' || $seen || ' samples or more, ended', value := gone, unit := 'connections'),
    evidence('Samples in which the number grew', value := growths, unit := 'samples'),
    evidence('Growth', value := 60 * per_second, unit := '/min'),
    evidence('Highest file descriptor among them', value := most_fd, unit := 'descriptors' || coalesce(', limit ' || amount(most_files), ''))
  ]) as evidence,
  items([
    ruled_out('overload-sequence', 'nothing let go of: ' || amount(gone) || ' of ' || amount(kept + gone) || ' ended' || coalesce(', and the accept queue of the listener held at most ' || format('{:.0f}', 100 * fill) || ' % of its limit', '')),
    ruled_out('close-wait-unaccepted', 'each of them has an inode: a process accepted it and holds it'),
    ruled_out('close-wait-backend-pool', case when listener is not null then 'the peers are clients of ' || place || ', not a backend'
      else 'they are not of a proxy’s pool, which is bounded: the number only grows' end)
  ]) as ruled_out,
  items([
    action('Mend ' || name || ': it has to close a connection when read() returns 0, in error paths as well.',
      command := case when processes = 1 then 'ls /proc/' || pid || '/fd | wc -l; grep ''open files'' /proc/' || pid || '/limits' else 'ss -Htanp state close-wait' end, risk := 'none',
      verify := 'CLOSE_WAIT of ' || place || ' stays level at equal traffic'),
    action('Until then restart it before its files run out'
      || coalesce(': (' || amount(most_files) || ' - ' || amount(most_fd + 1) || ') / ' || amount(60 * per_second) || ' per minute = ' || length_of(seconds_left),
        coalesce(': at ' || amount(60 * per_second) || ' per minute 1,024 more files last ' || length_of(1024 / per_second), '')) || '.',
      risk := 'a restart drops the live connections of the application', verify := 'CLOSE_WAIT of ' || place || ' begins at 0 again'),
    action('Do not tune the kernel for it: no sysctl ends CLOSE_WAIT.', risk := 'none', verify := 'nothing to verify')
  ]) as actions
from told
order by run, host, onset, subject
