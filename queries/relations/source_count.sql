-- id: source_count
-- title: What client addresses hold, the largest in every sample
-- why: Who holds too much, and since when, has to be known to the sample; what the others hold has not.
-- needs: source_sample, source_moment, socket, conntrack, listener, own_address
-- params:
--   part INTEGER 8 samples samples that are added up to see who may hold so many in one of them
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
--   total BIGINT what all clients held together, in this sample or the last one at which all were counted
--   usual DOUBLE median of what clients held then
--   allowed DOUBLE what a client may hold here without being looked at
-- refs:
--   What an address holds in some samples together bounds what it holds in one of them, and costs little to count: nobody over the limit is missed between the chosen samples.
with service as (select distinct run, host, local_port from listener where not loopback),
least_allowed as (select min(allowed) as allowed from source_sample),
-- A bound need not look at ports.
bound as (
  select capture_id // $part as part, peer_addr as addr from socket group by all having count(*) > (select allowed from least_allowed)
  union all
  select capture_id // $part, src from conntrack group by all having count(*) > (select allowed from least_allowed)
),
suspect as materialized (
  select distinct addr
  from bound
  where addr not in (select addr from own_address) and exists (select 1 from source_moment where not chosen)
),
socket_part as materialized (
  select capture_id, peer_addr as addr, local_port as port, count(*) as sockets,
    count(*) filter (state <> 'TIME_WAIT') as open_sockets, count(*) filter (state = 'SYN_RECV') as half_open
  from socket
  where capture_id in (select capture_id from source_moment where not chosen) and peer_addr in (select addr from suspect)
    and local_port in (select local_port from service) and state <> 'LISTEN' and peer_port is not null
  group by all
),
tracked_part as materialized (
  select capture_id, src as addr, dport as port, count(*) as tracked, count(*) filter (state = 'SYN_RECV' or unreplied) as tracked_unanswered
  from conntrack
  where capture_id in (select capture_id from source_moment where not chosen) and src in (select addr from suspect)
    and dport in (select local_port from service) and l4proto = 'tcp'
  group by all
),
part as (
  select capture_id, addr, port, sockets, open_sockets, half_open, 0 as tracked, 0 as tracked_unanswered from socket_part
  union all
  select capture_id, addr, port, 0, 0, 0, tracked, tracked_unanswered from tracked_part
),
counted as materialized (
  select r.run, r.host, p.capture_id, r.ts, r.dumped, p.addr, sum(p.sockets)::bigint as sockets, sum(p.open_sockets)::bigint as open_sockets,
    sum(p.half_open)::bigint as half_open, sum(p.tracked)::bigint as tracked, sum(p.tracked_unanswered)::bigint as tracked_unanswered
  from part as p
  join source_moment as r using (capture_id)
  semi join service on service.run = r.run and service.host = r.host and service.local_port = p.port
  where not is_loopback(p.addr)
  group by all
),
own as (
  select run, host, addr from own_address
  union
  select distinct a.run, a.host, a.addr
  from (select distinct run, host, addr from counted) as a
  join (from own_address where contains(addr, '/')) as o on o.run = a.run and o.host = a.host and in_network(a.addr, o.addr)
),
yardstick as (
  select run, host, ts, tracked is not null as dumped, any_value(total) as total, any_value(usual) as usual, any_value(allowed) as allowed
  from source_sample
  group by all
)
select run, host, capture_id, ts, addr, sockets, open_sockets, half_open, tracked, tracked_unanswered, total, usual, allowed
from source_sample
union all
select c.run, c.host, c.capture_id, c.ts, c.addr, c.sockets, c.open_sockets, c.half_open, case when c.dumped then c.tracked end,
  case when c.dumped then c.tracked_unanswered end,
  greatest(y.total, sum(case when c.dumped then c.tracked else c.sockets end) over (partition by c.capture_id))::bigint, y.usual, y.allowed
from counted as c
anti join own using (run, host, addr)
asof join yardstick as y on y.run = c.run and y.host = c.host and y.dumped = c.dumped and y.ts <= c.ts
