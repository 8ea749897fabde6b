-- Forty handshakes in each sample, all of them young and each another one.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'SYN_RECV' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 30000 + 40 * n + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 900 as timer_ms, 0 as retrans
from range(10, 18) as t (n), range(40) as c (i);
