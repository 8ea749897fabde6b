-- id: pmtu-blackhole
-- title: Large segments vanish on a path, small ones get through
-- question: Did connections stall with full segments to send while small packets to the same peers arrived?
-- why: Pages with small answers work, large ones hang for ever: it looks like a fault of the site, and no counter of Apache shows it.
-- logic:
--   At least `connections` connections of `peers` peers have a full segment or more to send and sent it again three times without an answer to it.
--   At least `never` of them never had a full segment acknowledged, and `alive` of these peers still get through with small packets: other connections of theirs at the same time, or requests that came later.
--   Peers that closed before they were answered may be gone: their connections count only when they acknowledge later segments. Random loss leaves few connections without any progress; connections that only wait for an answer to their FIN have nothing to send.
-- needs: episode, metric, recording, sample, socket, request, sysctl
-- evidence: socket
-- explains: tcp-retransmission, orphan-limit, mpm-saturated, last-ack-stuck
-- params:
--   connections INTEGER 5 sockets stalled connections with a full segment to send that are needed
--   peers INTEGER 3 peers different peers that are needed
--   tries INTEGER 3 - retransmissions of the same data from which a connection counts as stalled
--   never DOUBLE 0.6 ratio share of them without one full segment acknowledged
--   alive DOUBLE 0.5 ratio share of their peers that get through with small packets
-- columns: finding
-- severity: warning
-- role: cause
-- tells: small answers that arrive where large ones stall: ping -M do -s 1472 fails, -s 1200 does not
-- caveats:
--   A capture on the path shows it best: full segments leave, and neither an acknowledgement nor ICMP type 3 code 4 comes back.
--   Without ss -i it is not known how much was ever acknowledged, and this is less sure.
--   Peers behind a changed route had full segments acknowledged before; they are told from lost peers only once new connections stall.
-- refs:
--   https://www.rfc-editor.org/rfc/rfc2923 TCP Problems with Path MTU Discovery
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_mtu_probing
with risen as (
  select run, host, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended, max(peak) as peak, arg_max(peak_ts, peak) as peak_ts, min(baseline) as usual
  from episode
  where metric = 'tcp_stalled_data' and peak >= $connections
  group by all
),
-- The number adds up while it lasts; it began where it first left what is usual, and the first repeats came before.
began as (
  select z.run, z.host, min(m.ts) as first_stall
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.metric = 'tcp_stalled_data' and m.dimension = '' and m.ts <= z.peak_ts and m.value >= z.usual + $connections
  where not exists (
    select 1 from metric as q
    where q.run = m.run and q.host = m.host and q.metric = m.metric and q.dimension = '' and q.ts > m.ts and q.ts < z.peak_ts and q.value < z.usual + $connections
  )
  group by all
),
lossy as (
  select b.run, b.host, max(e.onset) as onset
  from began as b
  join episode as e on e.run = b.run and e.host = b.host and e.metric = 'tcp_loss' and e.onset between b.first_stall - interval 30 second and b.first_stall
  group by all
),
shown as (
  select s.capture_id, m.run, m.host
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.metric = 'tcp_stalled_data' and m.dimension = '' and m.value >= $connections
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  qualify row_number() over (partition by m.run, m.host order by m.value desc, m.ts) <= 5
),
connection as (
  select w.run, w.host, k.capture_id, k.peer_addr, network(k.peer_addr) as network, k.state, k.mss, k.pmtu, k.send_q, k.retrans, k.bytes_acked, k.bytes_sent, k.sacked,
    coalesce(k.timer = 'on' and k.retrans >= $tries and k.state not in ('SYN_RECV', 'SYN_SENT'), false) as stalled,
    -- A peer that closed before it was answered may be gone, unless it still acknowledges what came later.
    k.send_q >= coalesce(k.mss, 1200) and (k.state not in ('CLOSE_WAIT', 'LAST_ACK') or coalesce(k.sacked, 0) > 0) as full_segment
  from socket as k
  join shown as w using (capture_id)
  where k.state <> 'LISTEN' and k.peer_port is not null and not is_loopback(k.peer_addr)
),
stuck as (
  select run, host, count(*) as rows, count(*) filter (full_segment) as with_data, count(*) filter (full_segment) / count(distinct capture_id)::double as with_data_each, count(distinct peer_addr) filter (full_segment) as peers,
    count(mss) filter (full_segment) as informed,
    count(*) filter (full_segment and mss is not null and coalesce(bytes_acked, 0) < mss) as never,
    count(*) filter (full_segment and sacked > 0) as later_ones,
    count(distinct network) filter (full_segment) as networks, mode(network) filter (full_segment) as network,
    mode(mss) filter (full_segment) as mss, mode(pmtu) filter (full_segment) as pmtu, max(retrans) filter (full_segment) as tries,
    quantile_disc(send_q, 0.5) filter (full_segment) as waiting,
    min(try_cast(regexp_extract(peer_addr, '^\d+\.\d+\.\d+\.(\d+)$', 1) as integer)) filter (full_segment) as lowest,
    max(try_cast(regexp_extract(peer_addr, '^\d+\.\d+\.\d+\.(\d+)$', 1) as integer)) filter (full_segment) as highest
  from connection
  where stalled
  group by all
),
stuck_peer as (select distinct run, host, peer_addr from connection where stalled and full_segment),
-- What the same peers do get: other connections at the same time, and later requests.
other as (
  select c.run, c.host, c.peer_addr, count(*) as connections,
    max(c.bytes_sent) filter (c.state = 'ESTABLISHED' and c.send_q = 0 and c.bytes_acked >= c.bytes_sent and c.bytes_sent > 0 and c.bytes_sent < c.mss) as small
  from connection as c
  semi join stuck_peer as p on p.run = c.run and p.host = c.host and p.peer_addr = c.peer_addr
  where not c.stalled and not (c.full_segment and c.state <> 'TIME_WAIT')
  group by all
),
later as (
  select p.run, p.host, p.peer_addr, count(*) as requests
  from stuck_peer as p
  join began as b using (run, host)
  join request as q on q.run = p.run and q.host = p.host and q.client = p.peer_addr and q.ts >= b.first_stall + interval 10 second
  group by all
),
alive as (
  select p.run, p.host, count(*) filter (o.peer_addr is not null or l.peer_addr is not null) as alive, count(*) filter (l.peer_addr is not null) as requesting,
    sum(l.requests) as requests, max(o.small) as small, count(o.small) as small_peers
  from stuck_peer as p
  left join other as o using (run, host, peer_addr)
  left join later as l using (run, host, peer_addr)
  group by all
),
-- The narrowest network that holds all of them, inside their /24.
cover as (
  select run, host, max(n) as bits
  from stuck, range(24, 33) as b (n)
  where networks = 1 and network like '%/24' and lowest // (1 << (32 - n)) = highest // (1 << (32 - n))
  group by all
),
named as (
  select t.run, t.host,
    case when t.networks > 1 then null when c.bits is null then t.network
      else regexp_replace(t.network, '\d+/24$', '') || (t.lowest // (1 << (32 - c.bits))) * (1 << (32 - c.bits)) || '/' || c.bits end as name
  from stuck as t
  left join cover as c using (run, host)
),
icmp as (
  select z.run, z.host, sum(m.value * s.seconds) as unreachable
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.metric = 'IcmpInDestUnreachs' and m.ts >= z.onset and m.ts < coalesce(z.ended, timestamp '9999-01-01')
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  group by all
),
setting as (
  select s.run, s.host, arg_max(k.value, s.ts) as probing
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.ipv4.tcp_mtu_probing'
  group by all
),
judged as (
  select z.run, z.host, z.peak, z.peak_ts, z.usual, z.ended, coalesce(l.onset, b.first_stall) as onset, t.* exclude (run, host), n.name,
    a.alive, a.requesting, a.requests, a.small, a.small_peers, i.unreachable, k.probing, r.interval_s, r.last_ts
  from risen as z
  join recording as r using (run, host)
  join began as b using (run, host)
  join stuck as t using (run, host)
  join alive as a using (run, host)
  left join named as n using (run, host)
  left join lossy as l using (run, host)
  left join icmp as i using (run, host)
  left join setting as k using (run, host)
  where t.peers >= $peers and t.with_data_each >= $connections and t.with_data >= 0.5 * t.rows and a.alive >= $alive * t.peers
    and (t.informed = 0 or t.never >= $never * t.informed)
)
select
  run, host, name as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'warning' as severity,
  'cause' as role,
  case when informed = 0 then 'low' when never >= 0.8 * informed and alive >= 0.8 * peers and coalesce(unreachable, 0) < 1 then 'high' else 'medium' end as confidence,
  'Large segments' || coalesce(' to ' || name, ' to ' || amount(networks) || ' networks') || ' vanished for ' || lasted(onset, ended, last_ts) || ' while small packets got through' as headline,
  'large answers' || coalesce(' to ' || name, '') || ' never arrived' as consequence,
  'Up to ' || amount(peak) || ' connections stalled with full segments to send (usual ' || amount(usual) || '), of ' || amount(peers) || ' peers'
    || coalesce(' in ' || name, ' in ' || amount(networks) || ' networks') || '; the same data was sent up to ' || amount(tries) || ' times again'
    || case when informed > 0 then '. ' || format('{:.0f}', 100.0 * never / informed) || ' % of those looked at never had one full segment (' || amount(mss) || ' bytes) acknowledged' else '' end
    || '. ' || amount(alive) || ' of these peers were reached all the same' || case when requesting > 0 then ': ' || amount(requesting) || ' sent requests later' else ': they had other connections at the same time' end
    || case when unreachable < 1 then ', and no ICMP "destination unreachable" came to say what size would fit' else '' end || '.' as summary,
  items([
    evidence('Stalled connections with a full segment or more to send', metric := 'tcp_stalled_data', dimension := '', value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Of those looked at, without one full segment ever acknowledged', value := case when informed > 0 then never / informed::double end, unit := 'ratio'),
    evidence('Of their peers, reached by small packets all the same', value := alive, unit := 'peers, of ' || amount(peers)),
    evidence('Later segments that the peer did acknowledge (SACK) while the full one is missing', value := nullif(later_ones, 0), unit := 'connections, of ' || amount(with_data)),
    evidence('Requests of these peers after it began', value := requests, unit := 'requests'),
    evidence('Bytes waiting in such a connection (median)', value := waiting, unit := 'bytes'),
    evidence('ICMP "destination unreachable" received meanwhile', metric := 'IcmpInDestUnreachs', dimension := '', value := round(unreachable), unit := 'messages'),
    evidence('Path MTU the kernel believes in', value := pmtu, unit := 'bytes')
  ]) as evidence,
  items([
    ruled_out('tcp-retransmission', case when informed > 0 then 'random loss lets some segments through; ' || amount(never) || ' of ' || amount(informed) || ' stalled connections never had a full one acknowledged' end),
    ruled_out('last-ack-stuck', case when with_data >= 0.8 * rows then amount(with_data) || ' of ' || amount(rows) || ' stalled connections have full segments to send, not only a FIN' end),
    ruled_out('slow-clients', 'the timer that runs is that of lost data, not that of a window the peer has closed')
  ]) as ruled_out,
  items([
    action('Let the packets be smaller: have the kernel probe for a size that fits when data stalls' || coalesce(' (tcp_mtu_probing is ' || probing || ')', '') || '.',
      command := 'sysctl -n net.ipv4.tcp_mtu_probing; sysctl -w net.ipv4.tcp_mtu_probing=1', risk := 'small: a connection with heavy loss may use small segments', verify := 'TCPMTUPSuccess grows, tcp_stalled_data falls, large pages load from there'),
    action('Mend the path: let ICMP type 3 code 4 pass every firewall' || coalesce(' towards ' || name, '') || ', and find the link with the smaller MTU.'
        || coalesce(' Full packets there have ' || amount(pmtu) || ' bytes (segments of ' || amount(mss) || ').', ''),
      command := 'tracepath -n PEER' || chr(10) || 'iptables -I INPUT -p icmp --icmp-type fragmentation-needed -j ACCEPT', risk := 'none', verify := 'tracepath shows the smaller pmtu'),
    action('Where the small link is known and cannot be mended, clamp the segment size on the router in front of it.',
      command := 'iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu', risk := 'a little more overhead for each packet', verify := 'mss in ss -ti of new connections')
  ]) as actions
from judged
order by run, host, onset
