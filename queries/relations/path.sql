-- id: path
-- title: Connections that do not get on, by peer network and port
-- why: A path, a peer that does not read and a program that does not read all leave bytes waiting; which side they wait on tells them apart.
-- needs: socket, sample, listener
-- params:
--   unread INTEGER 32768 bytes bytes waiting in a receive queue from which its program counts as not reading
--   tries INTEGER 3 - retransmissions of the same data from which a connection counts as stalled
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   capture_id INTEGER the sample
--   ts TIMESTAMP when
--   network VARCHAR peer network of what is repeated, stopped or unread; empty for all connections that get on
--   outgoing BOOLEAN whether this host connected, as far as its listeners tell
--   port INTEGER port of the service, ours or the peer’s
--   sockets BIGINT connections
--   stalled BIGINT sent again `tries` times or more without an answer to it
--   stalled_data BIGINT of these, with a full segment or more waiting
--   repeated BIGINT sent again, fewer times
--   window_closed BIGINT the peer takes no more data (timer persist)
--   unread BIGINT accepted, with `unread` bytes or more that the program has not read
--   unread_bytes BIGINT bytes in those
--   memory_bytes BIGINT buffer memory; null when it was not printed
--   process VARCHAR a process that holds some of them
-- refs:
--   Only what does not get on is kept by network, so a busy host with peers everywhere does not make a large table of it.
with service as (
  select distinct s.capture_id, l.local_port from listener as l join sample as s using (run, host)
),
one as (
  select
    k.capture_id, k.peer_addr, l.local_port is null as outgoing, coalesce(l.local_port, k.peer_port) as port,
    k.timer = 'on' and k.retrans >= 1 and k.state not in ('SYN_RECV', 'SYN_SENT') as again,
    k.timer = 'on' and k.retrans >= $tries and k.state not in ('SYN_RECV', 'SYN_SENT') as stalled,
    k.send_q >= coalesce(k.mss, 1200) as full_segment,
    coalesce(k.timer = 'persist', false) as window_closed,
    coalesce(k.recv_q >= $unread and k.state in ('ESTABLISHED', 'CLOSE_WAIT') and coalesce(k.inode, 1) <> 0, false) as unread,
    k.recv_q, k.rmem_bytes + k.wmem_bytes as memory_bytes, k.process
  from socket as k
  left join service as l on l.capture_id = k.capture_id and l.local_port = k.local_port
  where k.peer_port is not null and starts_with(k.netid, 'tcp') and coalesce(k.state, '') not in ('LISTEN', 'TIME_WAIT')
),
counted as (
  select
    capture_id,
    case when again or window_closed or unread then network(peer_addr) else '' end as network,
    outgoing, port,
    count(*) as sockets,
    count(*) filter (stalled) as stalled,
    count(*) filter (stalled and full_segment) as stalled_data,
    count(*) filter (again and not stalled) as repeated,
    count(*) filter (window_closed) as window_closed,
    count(*) filter (unread) as unread,
    coalesce(sum(recv_q) filter (unread), 0)::bigint as unread_bytes,
    sum(memory_bytes)::bigint as memory_bytes,
    coalesce(max(process) filter (unread), max(process)) as process
  from one
  group by all
)
select s.run, s.host, c.capture_id, s.ts, c.* exclude (capture_id)
from counted as c
join sample as s using (capture_id)
