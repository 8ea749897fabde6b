-- The same rise, but all are closed at 12:01:30.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 45000 + i as peer_port, 6 as family, 6000 + i as inode
from range(5, 18) as t (n), range(80) as c (i) where i < 4 * (n - 4);
insert into socket_process by name
select capture_id, host, ts, netid, state, local_addr, local_port, peer_addr, peer_port, inode, 'java' as process, 77 as pid, inode - 5980 as fd
from socket where state = 'CLOSE_WAIT' and inode > 0;
