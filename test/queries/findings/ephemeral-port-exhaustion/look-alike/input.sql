-- 26,000 TIME_WAIT of clients at the listener: more than there are local ports, and they use none of them.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'TIME_WAIT' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.' || (i // 250) || '.' || (i % 250) as peer_addr, 20000 + i % 40000 as peer_port, 6 as family, 0 as inode
from range(12, 15) as t (n), range(26000) as c (i);
