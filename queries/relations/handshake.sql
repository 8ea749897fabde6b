-- id: handshake
-- title: What became of handshakes, per listener: flood, overload or loss
-- why: SYN_RECV, SYN cookies and the kernel's flood message look alike in all three; queue, cookie return, conntrack and peers do not.
-- needs: metric, sample, recording, listener, socket, conntrack, request
-- params:
--   shown INTEGER 5 samples samples with most SYN_RECV that are looked at socket by socket
--   rows INTEGER 20 sockets SYN_RECV rows from which a sample is worth it
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   listener VARCHAR listener; empty for the host where no listening socket was recorded
--   backlog BIGINT limit of the accept queue
--   syn_recv_peak BIGINT most SYN_RECV sockets in a sample
--   syn_recv_peak_ts TIMESTAMP that sample
--   samples_at_limit BIGINT samples with SYN_RECV within 10 % of the limit
--   queue_peak BIGINT most connections waiting for accept()
--   queue_peak_ts TIMESTAMP that sample
--   samples_over BIGINT samples with more waiting than the limit
--   overflows DOUBLE accept-queue overflows of the host in the run
--   overflow_intervals BIGINT intervals between samples with at least one per second
--   cookies_sent DOUBLE SYN cookies sent
--   cookies_received DOUBLE SYN cookies that came back
--   cookie_ratio DOUBLE received for each one sent; null when none was sent
--   queue_full DOUBLE times the SYN queue was full
--   half_open BIGINT SYN_RECV rows looked at
--   in_conntrack BIGINT of these, found in conntrack by their 4-tuple
--   acked BIGINT of these, ESTABLISHED there: the ACK did reach the host
--   unanswered BIGINT of these, SYN_RECV there and not assured: no ACK came
--   repeated BIGINT of the rows looked at and found in conntrack, those whose SYN-ACK had to be repeated
--   repeated_unanswered BIGINT of these, without an ACK in conntrack
--   peers BIGINT different peer addresses
--   known_peers BIGINT of these, in the access log of the run; null when it has no access log
--   rows_per_peer DOUBLE median of SYN_RECV rows a peer in a sample
--   peer_example VARCHAR the most frequent peer
with per_listener as (
  select run, host, dimension as listener,
    max(value) filter (metric = 'sockets_syn_recv') as syn_recv_peak,
    arg_max(ts, (value, -epoch_us(ts))) filter (metric = 'sockets_syn_recv') as syn_recv_peak_ts,
    max(value) filter (metric = 'listener_queue') as queue_peak,
    arg_max(ts, (value, -epoch_us(ts))) filter (metric = 'listener_queue') as queue_peak_ts,
    count(*) filter (metric = 'listener_fill' and value > 1) as samples_over
  from metric
  where metric in ('sockets_syn_recv', 'listener_queue', 'listener_fill')
  group by all
),
at_limit as (
  select m.run, m.host, m.dimension as listener, count(*) as samples_at_limit
  from metric as m
  join listener as l on l.run = m.run and l.host = m.host and l.listener = m.dimension
  where m.metric = 'sockets_syn_recv' and m.value >= 0.9 * (l.backlog + 1) and m.value >= $rows
  group by all
),
counted as (
  select m.run, m.host, m.metric, sum(m.value * s.seconds) as total, count(*) filter (m.value >= 1) as intervals
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpExtListenOverflows', 'TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv', 'TcpExtTCPReqQFullDoCookies', 'TcpExtTCPReqQFullDrop')
  group by all
),
counters as (
  select run, host,
    max(total) filter (metric = 'TcpExtListenOverflows') as overflows,
    max(intervals) filter (metric = 'TcpExtListenOverflows') as overflow_intervals,
    max(total) filter (metric = 'TcpExtSyncookiesSent') as cookies_sent,
    max(total) filter (metric = 'TcpExtSyncookiesRecv') as cookies_received,
    sum(total) filter (metric like 'TcpExtTCPReqQFull%') as queue_full
  from counted
  group by all
),
shown as (
  select s.capture_id, m.run, m.host, m.dimension as listener
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric = 'sockets_syn_recv' and m.dimension <> '' and m.value >= $rows
  qualify row_number() over (partition by m.run, m.host, m.dimension order by m.value desc, m.ts) <= $shown
),
half as (
  select shown.run, shown.host, shown.listener, k.capture_id, k.peer_addr, k.peer_port, k.local_port, k.retrans
  from socket as k
  join shown using (capture_id)
  join listener as l on l.run = shown.run and l.host = shown.host and l.listener = shown.listener
  where k.state = 'SYN_RECV' and k.local_port = l.local_port
    and (l.wildcard or l.local_addr = k.local_addr) and not is_loopback(k.local_addr)
),
tracked as (
  select capture_id, src, sport, max(dport) as dport, bool_or(state = 'ESTABLISHED' and assured) as acked,
    bool_or(state = 'SYN_RECV' and not assured) as unanswered
  from conntrack
  where l4proto = 'tcp' and capture_id in (select capture_id from shown)
  group by capture_id, src, sport
),
client as (select distinct run, host, client from request),
joined as (
  select half.*, t.src is not null as in_conntrack, coalesce(t.acked, false) as acked, coalesce(t.unanswered, false) as unanswered
  from half
  left join tracked as t on t.capture_id = half.capture_id and t.src = half.peer_addr and t.sport = half.peer_port
),
by_peer as (
  select run, host, listener, peer_addr, count(*) as found, count(*) / count(distinct capture_id)::double as per_sample
  from joined
  group by all
),
peers as (
  select p.run, p.host, p.listener, count(*) as peers, count(c.client) as known, median(p.per_sample) as rows_per_peer,
    arg_max(p.peer_addr, (p.found, p.peer_addr)) as peer_example
  from by_peer as p
  left join client as c on c.run = p.run and c.host = p.host and c.client = p.peer_addr
  group by all
),
rows_seen as (
  select run, host, listener, count(*) as half_open, count(*) filter (in_conntrack) as in_conntrack, count(*) filter (acked) as acked,
    count(*) filter (unanswered) as unanswered, count(*) filter (in_conntrack and retrans >= 1) as repeated,
    count(*) filter (unanswered and retrans >= 1) as repeated_unanswered
  from joined
  group by all
),
-- Without sockets the counters still speak for the host as a whole.
place as (
  select run, host, listener, backlog from listener where not loopback
  union all
  select run, host, '' as listener, null as backlog from recording anti join listener using (run, host)
)
select
  l.run, l.host, l.listener, l.backlog,
  p.syn_recv_peak::bigint as syn_recv_peak, p.syn_recv_peak_ts, coalesce(a.samples_at_limit, 0) as samples_at_limit,
  p.queue_peak::bigint as queue_peak, p.queue_peak_ts, coalesce(p.samples_over, 0) as samples_over,
  c.overflows, c.overflow_intervals, c.cookies_sent, c.cookies_received,
  case when c.cookies_sent >= 1 then c.cookies_received / c.cookies_sent end as cookie_ratio,
  c.queue_full,
  coalesce(r.half_open, 0) as half_open, coalesce(r.in_conntrack, 0) as in_conntrack, coalesce(r.acked, 0) as acked,
  coalesce(r.unanswered, 0) as unanswered,
  coalesce(r.repeated, 0) as repeated, coalesce(r.repeated_unanswered, 0) as repeated_unanswered,
  coalesce(e.peers, 0) as peers,
  case when exists (select 1 from client where client.run = l.run and client.host = l.host) then coalesce(e.known, 0) end as known_peers,
  e.rows_per_peer, e.peer_example
from place as l
left join per_listener as p on p.run = l.run and p.host = l.host and p.listener = l.listener
left join at_limit as a on a.run = l.run and a.host = l.host and a.listener = l.listener
left join counters as c on c.run = l.run and c.host = l.host
left join rows_seen as r on r.run = l.run and r.host = l.host and r.listener = l.listener
left join peers as e on e.run = l.run and e.host = l.host and e.listener = l.listener
