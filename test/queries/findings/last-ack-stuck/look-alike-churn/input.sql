-- Sixty LAST_ACK in each sample, each another connection, none sent again: ordinary closes.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'LAST_ACK' as state, 0 as recv_q, 1 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 3) as peer_addr, 20000 + 60 * n + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 800 as timer_ms, 0 as retrans
from range(10, 18) as t (n), range(60) as c (i);
