-- id: ephemeral-port-exhaustion
-- title: Local ports towards one destination are used up
-- question: Did outgoing connections to one destination run out of local ports?
-- why: connect() fails with EADDRNOTAVAIL although the destination is well; incoming connections are never affected.
-- logic:
--   The sockets from one local address to one destination use `exhausted` of the local port range less the reserved ones, or a connect failed with errno 99 (98 when an address was bound before).
-- needs: metric, error_log, sample, recording, sysctl, socket_count
-- evidence: socket | error_log
-- explains: none
-- params:
--   exhausted DOUBLE 0.8 ratio share of the range that counts as used up
--   high DOUBLE 0.6 ratio share worth a warning
-- columns: finding
-- severity: critical
-- role: cause
-- tells: errno 99 towards one destination, while others are reached
-- caveats:
--   A program that binds an address before it connects shares one range over all destinations; then errno is 98.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html ip_local_port_range
--   Linux 6.1 net/ipv4/inet_hashtables.c __inet_hash_connect
with ports as (
  select run, host, dimension, max(value) as peak, arg_max(ts, (value, -epoch_us(ts))) as peak_ts, min(ts) filter (value >= $high) as high_from,
    min(ts) filter (value >= $exhausted) as used_from, max(ts) filter (value >= $high) as until_ts, median(value) as usual
  from metric
  where metric = 'ports_used'
  group by all
),
failed as (
  select s.run, s.host, count(*) as lines, min(e.ts) as first_line, max(e.ts) as last_line, min(e.errno) as errno,
    arg_min(e.member, (e.ts, e.line_no)) as member, arg_min(e.line_no, (e.ts, e.line_no)) as line_no, arg_min(s.source_path, (e.ts, e.line_no)) as source_path,
    arg_min(e.code || ': (' || e.errno || ') ' || e.message, (e.ts, e.line_no)) as excerpt,
    arg_min(regexp_extract(e.message, 'attempt to connect to ([^ ]+:\d+)', 1), (e.ts, e.line_no)) as backend
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.errno in (99, 98) and e.code in ('AH00957', 'AH00893', 'AH01079') and e.ts between r.log_from and r.log_until
  group by all
),
port_range as (
  select s.run, s.host, max(k.value) as range_text,
    max(try_cast(regexp_extract(k.value, '(\d+)\s+(\d+)', 2) as integer) - try_cast(regexp_extract(k.value, '(\d+)\s+(\d+)', 1) as integer) + 1) as usable
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.ipv4.ip_local_port_range'
  group by all
),
waiting as (
  select run, host, local_addr || ' → ' || endpoint(peer_addr, peer_port) as dimension, ts, sum(sockets) filter (state = 'TIME_WAIT') as time_wait, sum(sockets) as sockets
  from socket_count
  where listener is null
  group by all
),
hit as (
  select r.run, r.host, coalesce(p.dimension, f.backend) as subject, p.peak, p.usual, p.peak_ts, p.used_from, p.high_from, p.until_ts, f.* exclude (run, host),
    coalesce(g.usable, 28232) as usable, w.time_wait, w.sockets, r.last_ts, r.interval_s
  from recording as r
  left join (select * from ports where peak >= $high) as p using (run, host)
  left join failed as f on f.run = r.run and f.host = r.host and (p.dimension is null or contains(p.dimension, f.backend))
  left join port_range as g on g.run = r.run and g.host = r.host
  left join waiting as w on w.run = p.run and w.host = p.host and w.dimension = p.dimension and w.ts = p.peak_ts
  where p.dimension is not null or f.lines > 0
),
seen as (
  select *, coalesce(least(used_from, first_line), high_from) as onset, greatest(until_ts, last_line) as seen_until from hit
),
dated as (
  select *, case when seen_until < last_ts - to_seconds(ceil(coalesce(interval_s, 0))::bigint) then seen_until end as ended from seen
)
select
  run, host, subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when peak >= $exhausted or lines > 0 then 'critical' else 'warning' end as severity,
  'cause' as role,
  case when peak >= $exhausted and lines > 0 then 'high' when peak >= $high then 'medium' else 'low' end as confidence,
  'Local ports towards ' || subject || ' ran out for ' || lasted(onset, ended, last_ts) as headline,
  'local ports towards ' || subject || ' ran out' as consequence,
  coalesce(amount(sockets) || ' of ' || amount(usable) || ' local ports were in use towards ' || subject || ', ' || amount(time_wait) || ' of them in TIME_WAIT', 'The sockets do not show it')
    || coalesce('; ' || counted(lines, 'connection') || ' failed with errno ' || errno, '')
    || '. The range bears ' || amount(usable / 60.0) || ' new connections per second to one destination when this side closes first.' as summary,
  items([
    evidence('Local ports used towards ' || subject || ', share of the range', metric := 'ports_used', dimension := subject, value := peak, baseline := usual, unit := 'ratio', seen := peak_ts),
    evidence('Of these in TIME_WAIT', value := time_wait, unit := 'sockets', seen := peak_ts),
    evidence('Connections that got no local port', metric := 'error_lines', dimension := 'AH00957/' || errno, value := lines, baseline := 0, unit := 'lines', seen := first_line,
      capture := source_path, member := member, line := line_no, excerpt := excerpt)
  ]) as evidence,
  items([
    ruled_out('backend-refused', case when lines > 0 then 'the error is ' || errno || ' (no local port), not 111 (refused)' end),
    ruled_out('too many incoming connections', 'incoming connections all use the port of their listener and take none of these')
  ]) as ruled_out,
  items([
    action('Use connections again instead of opening one for each request (ProxyPass without disablereuse, keepalive on the backend).', risk := 'idle connections on the backend', verify := 'TcpActiveOpens falls; less than half of the range in use'),
    action('Widen the range: 15000 to 60999 are 46,000 ports, and 46,000 / 60 s in TIME_WAIT = ' || amount(46000 / 60.0) || ' new connections/s to one destination, against ' || amount(usable) || ' / 60 s = ' || amount(usable / 60.0) || ' now.', command := 'sysctl -n net.ipv4.ip_local_port_range; sysctl -w net.ipv4.ip_local_port_range="15000 60999"', risk := 'collides with services that listen there: reserve their ports', verify := 'no errno 99'),
    action('Let TIME_WAIT ports be used again for outgoing connections; tcp_fin_timeout does nothing for them, and tcp_tw_recycle must not be used.', command := 'sysctl -w net.ipv4.tcp_tw_reuse=1',
      risk := 'needs time stamps on both ends', verify := 'TWRecycled grows, TIME_WAIT towards the destination falls')
  ]) as actions
from dated
order by run, host, onset, subject
