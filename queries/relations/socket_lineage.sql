-- id: socket_lineage
-- title: Connections seen in a state, each once, over all samples
-- why: How long one and the same connection stays in a state tells what is stuck from what merely passes; the socket table is read once for it.
-- needs: socket, socket_process, sample, listener, listener_any
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   state VARCHAR SYN_RECV, CLOSE_WAIT, LAST_ACK, FIN_WAIT1 or CLOSING
--   listener VARCHAR listener that accepted the connection, or will; null for outgoing ones
--   loopback BOOLEAN whether the listener is on loopback
--   place VARCHAR the listener, or the destination of outgoing ones
--   local_addr VARCHAR local address
--   local_port INTEGER local port
--   peer_addr VARCHAR address of the other side
--   peer_port INTEGER port of the other side
--   first_n BIGINT sample it was first seen in, counted from 1 over the samples that hold sockets
--   last_n BIGINT sample it was last seen in
--   final_n BIGINT last sample of the run that holds sockets
--   samples BIGINT samples it was seen in; more than half of those between first and last
--   first_ts TIMESTAMP time of the first one
--   last_ts TIMESTAMP time of the last one
--   age_s DOUBLE from first to last: it was in that state for at least so long
--   retrans INTEGER most retransmissions; null when no timer was printed
--   timer_ms BIGINT longest time to the next retransmission
--   unread_bytes BIGINT most bytes received and not read; in CLOSE_WAIT the FIN counts one
--   unsent_bytes BIGINT most bytes not acknowledged; a FIN counts one
--   unowned BOOLEAN no process ever held it (inode 0); null when inodes were not printed
--   process VARCHAR name of the process that holds it; null when processes were not printed
--   pid INTEGER its process id
--   fd INTEGER its file descriptor there
-- refs:
--   What was seen once and repeated nothing has only passed through, and is left out; but a handshake is kept where its timer was printed, which may tell.
--   The same addresses and ports far apart are two connections, one after the other: what was missing in more samples than it was seen in is left out.
with seen as (
  select s.run, s.host, s.capture_id, s.ts, dense_rank() over (order by s.run, s.host) as series, row_number() over (partition by s.run, s.host order by s.ordinal) as n
  from sample as s
  semi join (select distinct capture_id from socket) using (capture_id)
),
final as (select series, run, host, max(n) as final_n from seen group by all),
-- Most only pass through. One number for each connection, which two may share, tells that cheaply; only what is left is looked at whole.
again as materialized (
  select hash(peer_port, peer_addr, local_port) as key
  from socket
  where state in ('SYN_RECV', 'CLOSE_WAIT', 'LAST_ACK', 'FIN_WAIT1', 'CLOSING') and peer_port is not null
  group by all
  having count(*) > 1 or max(retrans) >= 0
),
life as (
  select s.series, k.state, k.local_addr, k.local_port, k.peer_addr, k.peer_port,
    max(k.family) as family, min(s.n) as first_n, max(s.n) as last_n, count(*) as samples, min(s.ts) as first_ts, max(s.ts) as last_ts,
    max(k.retrans) as retrans, max(k.timer_ms) as timer_ms, max(k.recv_q) as unread_bytes, max(k.send_q) as unsent_bytes,
    max(k.inode) as inode, max(k.process) as process, max(k.pid) as pid
  from socket as k
  join seen as s using (capture_id)
  where k.state in ('SYN_RECV', 'CLOSE_WAIT', 'LAST_ACK', 'FIN_WAIT1', 'CLOSING') and k.peer_port is not null
    and hash(k.peer_port, k.peer_addr, k.local_port) in (select key from again)
  group by all
  having count(*) > (max(s.n) - min(s.n)) / 2 and (count(*) > 1 or max(k.retrans) >= case k.state when 'SYN_RECV' then 0 else 1 end)
),
owner as (
  select s.run, s.host, k.inode, max(k.process) as process, max(k.pid) as pid, max(k.fd) as fd
  from socket_process as k
  join sample as s using (capture_id)
  where k.state = 'CLOSE_WAIT' and k.inode > 0
  group by all
)
select
  f.run, f.host, l.state, coalesce(o.listener, w.listener) as listener,
  coalesce(o.loopback, w.listener is not null and is_loopback(l.local_addr), false) as loopback,
  coalesce(o.listener, w.listener, endpoint(l.peer_addr, l.peer_port)) as place,
  l.local_addr, l.local_port, l.peer_addr, l.peer_port, l.first_n, l.last_n, f.final_n, l.samples, l.first_ts, l.last_ts,
  seconds_between(l.first_ts, l.last_ts) as age_s,
  l.retrans, l.timer_ms, l.unread_bytes, l.unsent_bytes, l.inode = 0 as unowned,
  coalesce(p.process, l.process) as process, coalesce(p.pid, l.pid) as pid, p.fd
from life as l
join final as f using (series)
left join owner as p on p.run = f.run and p.host = f.host and p.inode = l.inode
left join listener as o
  on o.run = f.run and o.host = f.host and o.local_port = l.local_port and o.local_addr = l.local_addr and not o.wildcard
left join listener_any as w
  on w.run = f.run and w.host = f.host and w.local_port = l.local_port and w.family = coalesce(l.family, 4)
