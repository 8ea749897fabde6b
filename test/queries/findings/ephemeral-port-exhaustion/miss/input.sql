-- As many TIME_WAIT sockets of the listener cost no local port at all.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'TIME_WAIT' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.' || (i // 250) || '.' || (i % 250) as peer_addr, 20000 + i as peer_port, 6 as family, 0 as inode
from range(10, 14) as t (n), range(27000) as c (i);
