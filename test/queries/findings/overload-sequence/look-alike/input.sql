-- The backend closes the pooled connections of the proxy: CLOSE_WAIT towards it, and no queue, no SYN_RECV, no LAST_ACK.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 33000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 8000 + i as inode
from range(8, 25) as t (n), range(40) as c (i);
