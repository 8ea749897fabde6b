-- id: socket-states
-- title: Sockets by state, listener and destination
-- why: A cascade shows as states rising one after the other; which side they are on tells whose fault it is.
-- needs: socket_count, socket, coverage, sample, listener, metric_info
-- params:
--   destinations INTEGER 32 - outgoing destinations kept, most sockets first
-- metrics:
--   sockets_syn_recv sockets gauge up 20 measured SYN_RECV: handshakes not finished
--   sockets_established sockets gauge up 50 measured ESTABLISHED
--   sockets_established_unowned sockets gauge up 10 measured ESTABLISHED, still waiting for accept()
--   sockets_close_wait sockets gauge up 10 measured CLOSE_WAIT: the peer closed, the application has not
--   sockets_close_wait_unowned sockets gauge up 5 0 CLOSE_WAIT, never accepted
--   sockets_last_ack sockets gauge up 10 measured LAST_ACK: closed at last, the peer does not answer
--   sockets_fin_wait1 sockets gauge up 10 measured FIN_WAIT1: our FIN is not acknowledged
--   sockets_fin_wait2 sockets gauge up 50 measured FIN_WAIT2: we closed first, the peer has not
--   sockets_time_wait sockets gauge none 0 measured TIME_WAIT
--   sockets_syn_sent sockets gauge up 10 measured SYN_SENT: outgoing, no answer yet
--   sockets_closing sockets gauge up 5 measured CLOSING: both sides closed at once
with counted as (
  select run, host, capture_id, coalesce(listener, endpoint(peer_addr, peer_port)) as dimension, listener is not null as incoming,
    state, unowned, sum(sockets) as sockets
  from socket_count
  where not loopback
  group by all
),
destination as (
  select run, host, dimension
  from counted
  where not incoming
  group by run, host, dimension
  qualify row_number() over (partition by run, host order by sum(sockets) desc, dimension) <= $destinations
),
kept as (
  select run, host, capture_id, '' as dimension, state, unowned, sockets from counted
  union all
  select run, host, capture_id, dimension, state, unowned, sockets from counted where incoming
  union all
  select run, host, capture_id, dimension, state, unowned, sockets from counted semi join destination using (run, host, dimension)
),
named as (
  select run, host, capture_id, dimension, 'sockets_' || lower(state) as metric, sockets from kept
  union all
  select run, host, capture_id, dimension, 'sockets_' || lower(state) || '_unowned' as metric, sockets
  from kept
  where unowned and state in ('ESTABLISHED', 'CLOSE_WAIT')
),
summed as (
  select run, host, capture_id, dimension, metric, sum(sockets) as value
  from named
  semi join metric_info using (metric)
  group by all
),
-- A state that no sample of the run shows is a zero for the host and for each service, not a missing value.
series as (
  select distinct run, host, dimension, metric from summed
  union
  select l.run, l.host, d.dimension, m.metric
  from listener as l, (select unnest(['', l.listener]) as dimension) as d, metric_info as m
  where not l.loopback and m.query = 'socket-states'
),
-- A list of listeners alone says nothing about connections.
seen as (
  select capture_id from coverage where source in ('ss', 'ss-process', 'netstat-sockets', 'proc-net-tcp') and status = 'collected'
  union
  select capture_id from socket where state <> 'LISTEN'
)
select
  s.run, s.host, s.ts, series.metric, series.dimension, 'gauge' as kind, coalesce(summed.value, 0)::double as value
from sample as s
semi join seen using (capture_id)
join series using (run, host)
left join summed on summed.capture_id = s.capture_id and summed.metric = series.metric and summed.dimension = series.dimension
