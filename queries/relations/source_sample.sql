-- id: source_sample
-- title: What every client address holds, at chosen samples
-- why: Sockets and tracked connections of each client of a long recording are millions of rows; what is usual among clients is seen in some samples as well as in all.
-- needs: source_moment, socket, conntrack, listener, own_address
-- params:
--   held INTEGER 30 connections a client may hold as many without being looked at
--   times DOUBLE 20 - times the median of all clients
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   capture_id INTEGER the sample
--   ts TIMESTAMP when
--   addr VARCHAR client; addresses of the service itself are left out
--   sockets BIGINT its sockets at a service port, TIME_WAIT included
--   open_sockets BIGINT of these, not TIME_WAIT
--   half_open BIGINT of these, SYN_RECV
--   tracked BIGINT connections to a service port that conntrack holds; null where it was not recorded
--   tracked_unanswered BIGINT of these, SYN_RECV or never replied
--   total BIGINT what all clients of the sample hold: tracked ones, or sockets where conntrack was not recorded
--   usual DOUBLE median of it
--   allowed DOUBLE what a client may hold without being looked at
with service as (select distinct run, host, local_port from listener where not loopback),
-- Counted by sample, address and port first: the large tables are not joined row by row.
socket_part as materialized (
  select capture_id, peer_addr as addr, local_port as port, count(*) as sockets,
    count(*) filter (state <> 'TIME_WAIT') as open_sockets, count(*) filter (state = 'SYN_RECV') as half_open
  from socket
  where capture_id in (select capture_id from source_moment where chosen) and local_port in (select local_port from service)
    and state <> 'LISTEN' and peer_port is not null
  group by all
),
tracked_part as materialized (
  select capture_id, src as addr, dport as port, count(*) as tracked, count(*) filter (state = 'SYN_RECV' or unreplied) as tracked_unanswered
  from conntrack
  where capture_id in (select capture_id from source_moment where chosen) and dport in (select local_port from service) and l4proto = 'tcp'
  group by all
),
part as (
  select capture_id, addr, port, sockets, open_sockets, half_open, 0 as tracked, 0 as tracked_unanswered from socket_part
  union all
  select capture_id, addr, port, 0, 0, 0, tracked, tracked_unanswered from tracked_part
),
counted as materialized (
  select c.run, c.host, p.capture_id, c.ts, c.dumped, p.addr, sum(p.sockets)::bigint as sockets, sum(p.open_sockets)::bigint as open_sockets,
    sum(p.half_open)::bigint as half_open, sum(p.tracked)::bigint as tracked, sum(p.tracked_unanswered)::bigint as tracked_unanswered
  from part as p
  join source_moment as c using (capture_id)
  semi join service on service.run = c.run and service.host = c.host and service.local_port = p.port
  where not is_loopback(p.addr)
  group by all
),
-- Networks are few, addresses many: only networks are held against every address.
own as (
  select run, host, addr from own_address
  union
  select distinct a.run, a.host, a.addr
  from (select distinct run, host, addr from counted) as a
  join (from own_address where contains(addr, '/')) as o on o.run = a.run and o.host = a.host and in_network(a.addr, o.addr)
),
of_clients as materialized (select *, case when dumped then tracked else sockets end as held from counted anti join own using (run, host, addr)),
yardstick as (
  select capture_id, sum(held)::bigint as total, median(held) as usual, greatest($held, $times * median(held)) as allowed
  from of_clients
  group by capture_id
)
select c.run, c.host, c.capture_id, c.ts, c.addr, c.sockets, c.open_sockets, c.half_open, case when c.dumped then c.tracked end as tracked,
  case when c.dumped then c.tracked_unanswered end as tracked_unanswered, y.total, y.usual, y.allowed
from of_clients as c
join yardstick as y using (capture_id)
