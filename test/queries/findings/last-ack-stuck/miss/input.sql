-- Eight of them: peers that went away, as always some do.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'LAST_ACK' as state, 0 as recv_q, 1 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 3) as peer_addr, 40000 + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 800 as timer_ms, 4 as retrans
from range(10, 25) as t (n), range(8) as c (i);
