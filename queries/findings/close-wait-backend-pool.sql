-- id: close-wait-backend-pool
-- title: Pooled connections that the backend has already closed
-- question: Does the proxy keep connections to a backend that the backend closed while they were idle?
-- why: Each takes a port and a file descriptor, and a request that meets one at the moment of its end fails; in a list of sockets they look like a leak.
-- logic:
--   Connections to a backend that stay in CLOSE_WAIT for held_s or longer with nothing unread but the FIN, held by Apache, or towards a host that is named in ProxyPass or BalancerMember.
--   Lines of error 20014 about that backend say that requests met one: from error_lines on it is a warning.
-- needs: socket_lineage, recording, metric, setting, error_log, sample, worker_state
-- evidence: socket
-- explains: none
-- params:
--   sockets INTEGER 3 sockets such connections that are needed
--   held_s DOUBLE 20 s time in CLOSE_WAIT from which a connection is kept, not just closing
--   error_lines INTEGER 3 lines lines of error 20014 from which requests suffer
-- columns: finding
-- severity: warning
-- role: context
-- caveats:
--   Apache looks at a pooled connection only when it takes it for the next request: idle children keep theirs as long as nothing comes.
--   With one snapshot nothing is known of how long they have been there.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass ttl, disablereuse
--   Linux 6.1 net/ipv4/tcp_input.c tcp_fin
with proxied as (
  select s.run, s.host, string_agg(distinct t.value, ' ') as targets
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) in ('proxypass', 'proxypassmatch', 'balancermember', 'proxyset')
  group by all
),
kept as (
  select l.*, r.interval_s, r.last_ts as end_ts
  from socket_lineage as l
  join recording as r using (run, host)
  left join proxied as p using (run, host)
  where l.state = 'CLOSE_WAIT' and l.listener is null and not l.unowned and l.unread_bytes <= 1 and l.age_s >= $held_s
    and (l.process in ('apache2', 'httpd') or contains(p.targets, endpoint(l.peer_addr, l.peer_port)))
),
backend as (
  select run, host, place, count(*) as connections, count(distinct pid) as children, min(first_ts) as first_kept, max(last_ts) as last_seen, max(age_s) as oldest_s, median(age_s) as usual_s,
    bool_or(last_n = final_n) as open, any_value(interval_s) as interval_s, any_value(end_ts) as end_ts
  from kept
  group by all
  having count(*) >= $sockets
),
-- The first ones may have been needed again soon.
begun as (
  select b.run, b.host, b.place, min(l.first_ts) as onset
  from backend as b
  join socket_lineage as l on l.run = b.run and l.host = b.host and l.place = b.place and l.state = 'CLOSE_WAIT' and l.unread_bytes <= 1 and l.samples >= 2
  group by all
),
peak as (
  select b.run, b.host, b.place, max(m.value) as peak, arg_max(m.ts, (m.value, -epoch_us(m.ts))) as peak_ts
  from backend as b
  join metric as m on m.run = b.run and m.host = b.host and m.metric = 'sockets_close_wait' and m.dimension = b.place
  group by all
),
failed as (
  select b.run, b.host, b.place, count(*) as lines, arg_min(s.source_path, e.ts) as source_path, arg_min(e.member, e.ts) as member, arg_min(e.line_no, e.ts) as line_no,
    arg_min(e.code || ': (' || e.errno || ') ' || e.message, e.ts) as excerpt
  from backend as b
  join sample as s on s.run = b.run and s.host = b.host
  join error_log as e on e.capture_id = s.capture_id and e.code = 'AH01102' and e.errno = 20014 and contains(e.message, b.place)
  join recording as r on r.run = b.run and r.host = b.host and e.ts between r.log_from and r.log_until
  group by all
)
select
  b.run, b.host, b.place as subject, g.onset, case when not b.open then b.last_seen end as ended,
  coalesce(b.interval_s, 0)::double as onset_uncertainty_s,
  case when f.lines >= $error_lines then 'warning' else 'info' end as severity,
  'context' as role,
  case when b.connections >= 2 * $sockets then 'high' else 'medium' end as confidence,
  'The proxy kept up to ' || amount(p.peak) || ' connections that ' || b.place || ' had closed' as headline,
  'the proxy kept connections that ' || b.place || ' had closed' as consequence,
  counted(b.connections, 'connection') || ' to ' || b.place || ' stayed in CLOSE_WAIT for ' || length_of(b.usual_s) || ' in the median, the longest for at least ' || length_of(b.oldest_s)
    || ', with nothing unread but the end of the connection: the backend closed them while they were idle'
    || case when b.children > 0 then ', and ' || amount(b.children) || ' children of the server still hold them' else '' end
    || coalesce('. ' || counted(f.lines, 'request') || ' met one that was just closed (error 20014)', '') || '.' as summary,
  items([
    evidence('CLOSE_WAIT towards ' || b.place, metric := 'sockets_close_wait', dimension := b.place, value := p.peak, unit := 'sockets', seen := p.peak_ts),
    evidence('Of these kept for ' || amount($held_s) || ' s or longer', value := b.connections, unit := 'connections', seen := b.first_kept),
    evidence('Longest time in CLOSE_WAIT that was seen', value := b.oldest_s, unit := 's'),
    evidence('Requests that met a closed connection', metric := 'error_lines', dimension := 'AH01102/20014', value := f.lines, baseline := 0, unit := 'lines', capture := f.source_path, member := f.member, line := f.line_no, excerpt := f.excerpt)
  ]) as evidence,
  items([
    ruled_out('close-wait-leak', 'a child keeps at most one connection for each request it can serve at a time, and closes it when it next needs one: the number is bounded'
      || coalesce(' (' || amount(p.peak) || ' at most, ' || amount(w.workers_limit) || ' workers)', '')),
    ruled_out('overload-sequence', 'they are connections to ' || b.place || ', not of clients')
  ]) as ruled_out,
  items([
    action('Let the proxy drop idle connections before the backend does: ttl below the keep-alive time of the backend, in seconds.',
      command := 'ProxyPass /app http://' || b.place || '/app ttl=30   # with a keep-alive time above 30 s at the backend', risk := 'none; disablereuse=On would cost a connection, and a local port for 60 s, for each request',
      verify := 'no CLOSE_WAIT towards ' || b.place || ' older than ttl and one sampling interval')
  ]) as actions
from backend as b
join begun as g using (run, host, place)
left join peak as p using (run, host, place)
left join failed as f using (run, host, place)
left join worker_state as w using (run, host)
order by run, host, onset, subject
