-- id: stuck-sockets
-- title: Connections that are stuck in a state
-- why: A state that many connections pass through is traffic; a state that they stay in is a fault, and how they stay says which.
-- needs: socket_lineage, sample, socket, listener, metric_info
-- params:
--   destinations INTEGER 16 - outgoing destinations kept, most sockets first
--   silent_s DOUBLE 3 s age from which a SYN_RECV without a repeated SYN-ACK is held back on purpose
--   retrans INTEGER 3 retransmissions of a FIN from which it is stuck
--   unacked_s DOUBLE 30 s age from which a FIN is stuck without a timer
-- metrics:
--   stuck_handshakes sockets gauge up 20 measured SYN_RECV whose SYN-ACK had to be repeated
--   silent_handshakes sockets gauge up 20 measured SYN_RECV of clients that are connected and say nothing (deferred accept)
--   stuck_closes sockets gauge up 10 measured LAST_ACK, FIN_WAIT1, CLOSING: FIN sent again and again
-- refs:
--   Each connection counts from its first to its last sample in that state: when it became stuck it had been there before.
--   A first retransmission is due after 1 s (3 s before Linux 3.1); a longer wait without one means that the ACK came and was held back.
with stuck as (
  select run, host, place, listener is not null as incoming, first_n, last_n,
    case
      when state = 'SYN_RECV' and retrans >= 1 then 'stuck_handshakes'
      when state = 'SYN_RECV' and retrans = 0 and (timer_ms > 1000 * $silent_s or age_s >= $silent_s) then 'silent_handshakes'
      when state in ('LAST_ACK', 'FIN_WAIT1', 'CLOSING') and (retrans >= $retrans or age_s > $unacked_s) then 'stuck_closes'
    end as metric
  from socket_lineage
  where not loopback
),
destination as (
  select run, host, place
  from stuck
  where not incoming and metric is not null
  group by run, host, place
  qualify row_number() over (partition by run, host order by count(*) desc, place) <= $destinations
),
kept as (
  select run, host, unnest(['', place]) as dimension, metric, first_n, last_n
  from stuck
  where metric is not null and (incoming or exists (select 1 from destination as d where d.run = stuck.run and d.host = stuck.host and d.place = stuck.place))
),
change as (
  select run, host, metric, dimension, n, sum(step) as step
  from (
    select run, host, metric, dimension, first_n as n, 1 as step from kept
    union all
    select run, host, metric, dimension, last_n + 1 as n, -1 as step from kept
  )
  group by all
),
series as (
  select distinct run, host, metric, dimension from kept
  union
  select l.run, l.host, m.metric, unnest(['', l.listener]) as dimension
  from listener as l, metric_info as m
  where not l.loopback and m.query = 'stuck-sockets'
),
seen as (
  select s.run, s.host, s.ts, row_number() over (partition by s.run, s.host order by s.ordinal) as n
  from sample as s
  semi join (select distinct capture_id from socket) using (capture_id)
)
select s.run, s.host, s.ts, e.metric, e.dimension, 'gauge' as kind,
  sum(coalesce(c.step, 0)) over (partition by s.run, s.host, e.metric, e.dimension order by s.n)::double as value
from seen as s
join series as e using (run, host)
left join change as c on c.run = s.run and c.host = s.host and c.metric = e.metric and c.dimension = e.dimension and c.n = s.n
