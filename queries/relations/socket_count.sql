-- id: socket_count
-- title: Sockets of each sample, counted once
-- why: The socket table is the largest of all; everything that only needs numbers reads this instead.
-- needs: socket, sample, listener, listener_any
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   capture_id INTEGER the sample
--   ts TIMESTAMP when
--   listener VARCHAR listener that accepted the connection, or will; null for outgoing ones
--   loopback BOOLEAN whether the listener is on loopback
--   local_addr VARCHAR local address of outgoing ones
--   peer_addr VARCHAR destination of outgoing ones
--   peer_port INTEGER port of the destination
--   state VARCHAR state
--   unowned BOOLEAN inode 0: not accepted yet, or no longer anybody's; null when inodes were not printed
--   sockets BIGINT how many
with one_address as (
  select s.capture_id, l.local_addr, l.local_port, l.listener, l.loopback
  from listener as l
  join sample as s using (run, host)
  where not l.wildcard
),
any_address as (
  select s.capture_id, l.local_port, l.family, l.listener from listener_any as l join sample as s using (run, host)
),
counted as (
  select
    k.capture_id,
    coalesce(o.listener, w.listener) as listener,
    coalesce(o.loopback, w.listener is not null and is_loopback(k.local_addr), false) as loopback,
    case when coalesce(o.listener, w.listener) is null then k.local_addr end as local_addr,
    case when coalesce(o.listener, w.listener) is null then k.peer_addr end as peer_addr,
    case when coalesce(o.listener, w.listener) is null then k.peer_port end as peer_port,
    k.state,
    k.inode = 0 as unowned,
    count(*) as sockets
  from socket as k
  left join one_address as o on o.capture_id = k.capture_id and o.local_port = k.local_port and o.local_addr = k.local_addr
  left join any_address as w on w.capture_id = k.capture_id and w.local_port = k.local_port and w.family = coalesce(k.family, 4)
  where k.state <> 'LISTEN' and k.peer_port is not null
  group by all
)
select s.run, s.host, c.capture_id, s.ts, c.listener, c.loopback, c.local_addr, c.peer_addr, c.peer_port, c.state, c.unowned, c.sockets
from counted as c
join sample as s using (capture_id)
