-- id: source_count
-- title: What each client address holds in each sample
-- why: Sockets and tracked connections of a client, counted once from the two largest tables.
-- needs: socket, conntrack, sample, listener, own_address
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
with service as (select distinct run, host, local_port from listener where not loopback),
held as (
  select s.run, s.host, k.capture_id, s.ts, k.peer_addr as addr, count(*) as sockets,
    count(*) filter (k.state <> 'TIME_WAIT') as open_sockets, count(*) filter (k.state = 'SYN_RECV') as half_open
  from socket as k
  join sample as s using (capture_id)
  join service on service.run = s.run and service.host = s.host and service.local_port = k.local_port
  where k.state <> 'LISTEN' and k.peer_port is not null and not is_loopback(k.peer_addr)
  group by all
),
dumped as (select distinct capture_id from conntrack),
tracked as (
  select s.run, s.host, k.capture_id, s.ts, k.src as addr, count(*) as tracked,
    count(*) filter (k.state = 'SYN_RECV' or k.unreplied) as tracked_unanswered
  from conntrack as k
  join sample as s using (capture_id)
  join service on service.run = s.run and service.host = s.host and service.local_port = k.dport
  where k.l4proto = 'tcp' and not is_loopback(k.src)
  group by all
),
seen as (select distinct run, host, addr from held union select distinct run, host, addr from tracked),
-- Networks are few, addresses many: only networks are held against every address.
own as (
  select run, host, addr from own_address
  union
  select distinct a.run, a.host, a.addr
  from seen as a
  join (from own_address where contains(addr, '/')) as o on o.run = a.run and o.host = a.host and in_network(a.addr, o.addr)
)
select run, host, capture_id, ts, addr, coalesce(h.sockets, 0) as sockets, coalesce(h.open_sockets, 0) as open_sockets,
  coalesce(h.half_open, 0) as half_open,
  case when d.capture_id is not null then coalesce(t.tracked, 0) end as tracked,
  case when d.capture_id is not null then coalesce(t.tracked_unanswered, 0) end as tracked_unanswered
from held as h
full join tracked as t using (run, host, capture_id, ts, addr)
left join dumped as d using (capture_id)
anti join own using (run, host, addr)
