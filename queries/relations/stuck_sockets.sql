-- id: stuck_sockets
-- title: When and where connections got stuck, and of which networks
-- why: Three findings ask it. What piles up slowly began long before it was a quarter of its peak.
-- needs: episode, metric, metric_info, recording, socket_lineage, request
-- params:
--   retrans INTEGER 3 retransmissions of a FIN from which it is stuck
--   unacked_s DOUBLE 30 s age from which a FIN is stuck without a timer
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   metric VARCHAR one of the metrics of stuck-sockets
--   place VARCHAR listener, or destination of outgoing connections
--   onset TIMESTAMP first sample of the rise: a quarter of what matters, and three times the usual
--   ended TIMESTAMP first sample at which it was over; null: still going on
--   peak DOUBLE most at once
--   peak_ts TIMESTAMP that sample
--   usual DOUBLE usual number; null with fewer than three samples
--   connections BIGINT different connections
--   peers BIGINT different addresses of the other side
--   known_peers BIGINT of these, in the access log of the run; null when it has no access log
--   other_clients BIGINT clients in the access log that are not among them, from the onset on
--   networks BIGINT networks of these addresses (/24, /64 of IPv6)
--   network VARCHAR the network with most connections
--   network_share DOUBLE its share
--   only_fin BIGINT connections with at most the FIN outstanding
-- refs:
--   One or two samples have no usual value: there the size alone has to do.
with rise as (
  select e.run, e.host, e.metric, e.dimension as place, min(e.onset) as onset, case when bool_or(e.ended is null) then null else max(e.ended) end as ended,
    max(e.peak) as peak, arg_max(e.peak_ts, (e.peak, -epoch_us(e.peak_ts))) as peak_ts, min(e.baseline) as usual
  from episode as e
  join metric_info as i using (metric)
  where i.query = 'stuck-sockets' and e.dimension <> ''
  group by all
  union all
  select m.run, m.host, m.metric, m.dimension, min(m.ts), null, max(m.value), arg_max(m.ts, m.value), null
  from metric as m
  join metric_info as i using (metric)
  join recording as r using (run, host)
  where i.query = 'stuck-sockets' and m.dimension <> '' and r.samples < 3 and m.value >= i.minimum
  group by m.run, m.host, m.metric, m.dimension
),
before as (
  select e.run, e.host, e.metric, e.place, max(m.ts) as last_usual
  from rise as e
  join metric_info as i using (metric)
  join metric as m on m.run = e.run and m.host = e.host and m.metric = e.metric and m.dimension = e.place and m.ts < e.onset
  where m.value < greatest(i.minimum / 4, 3 * e.usual)
  group by all
),
begun as (
  select e.run, e.host, e.metric, e.place, min(m.ts) as onset
  from rise as e
  left join before as b using (run, host, metric, place)
  join metric as m on m.run = e.run and m.host = e.host and m.metric = e.metric and m.dimension = e.place
    and m.ts > coalesce(b.last_usual, timestamp '1970-01-01')
  group by all
),
stuck as (
  select g.run, g.host, g.metric, g.place, g.onset, l.peer_addr, l.unsent_bytes
  from begun as g
  join rise as e using (run, host, metric, place)
  join socket_lineage as l on l.run = g.run and l.host = g.host and l.place = g.place
    and l.last_ts >= g.onset and l.first_ts < coalesce(e.ended, timestamp '9999-01-01')
  where case g.metric
    when 'stuck_handshakes' then l.state = 'SYN_RECV' and l.retrans >= 1
    when 'silent_handshakes' then l.state = 'SYN_RECV' and l.retrans = 0
    else l.state in ('LAST_ACK', 'FIN_WAIT1', 'CLOSING') and (l.retrans >= $retrans or l.age_s > $unacked_s) end
),
by_network as (
  select run, host, metric, place, network(peer_addr) as network, count(*) as connections
  from stuck
  group by all
),
networks as (
  select run, host, metric, place, count(*) as networks, arg_max(network, (connections, network)) as network, max(connections) / sum(connections) as network_share
  from by_network
  group by all
),
client as (select run, host, client, max(ts) as last_ts from request group by all),
by_peer as (
  select run, host, metric, place, peer_addr, any_value(onset) as onset, count(*) as connections, count(*) filter (unsent_bytes <= 1) as only_fin
  from stuck
  group by all
),
peers as (
  select p.run, p.host, p.metric, p.place, sum(p.connections)::bigint as connections, sum(p.only_fin)::bigint as only_fin, count(*) as peers, count(c.client) as known,
    count(c.client) filter (c.last_ts >= p.onset) as known_since
  from by_peer as p
  left join client as c on c.run = p.run and c.host = p.host and c.client = p.peer_addr
  group by all
),
served as (
  select g.run, g.host, g.metric, g.place, count(*) filter (c.last_ts >= g.onset) as clients
  from begun as g
  join client as c using (run, host)
  group by all
)
select e.run, e.host, e.metric, e.place, g.onset, e.ended, e.peak, e.peak_ts, e.usual, p.connections, p.peers,
  case when s.clients is not null then p.known end as known_peers, s.clients - p.known_since as other_clients,
  n.networks, n.network, n.network_share, p.only_fin
from rise as e
join begun as g using (run, host, metric, place)
join peers as p using (run, host, metric, place)
join networks as n using (run, host, metric, place)
left join served as s using (run, host, metric, place)
