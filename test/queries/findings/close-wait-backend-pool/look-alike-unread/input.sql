-- An application that has not read what its backend sent before it closed: 200 bytes are unread.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 201 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 51000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 6 as family, 7000 + i as inode
from range(5, 25) as t (n), range(6) as c (i);
insert into socket_process by name
select capture_id, host, ts, netid, state, local_addr, local_port, peer_addr, peer_port, inode, 'java' as process, 77 as pid, 12 as fd
from socket where state = 'CLOSE_WAIT' and inode > 0;
