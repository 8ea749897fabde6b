-- Ten more closes in each sample that three clients do not acknowledge, each FIN sent again and again.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, case when i % 3 = 0 then 'CLOSING' else 'LAST_ACK' end as state, 0 as recv_q, 1 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 3) as peer_addr, 40000 + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 800 as timer_ms, least(8, n - 9 - i // 10 + 2) as retrans
from range(10, 25) as t (n), range(150) as c (i) where i < 10 * (n - 9);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TcpExtTCPAbortOnTimeout' as name, 300 + 10 * greatest(n - 20, 0) as value from range(25) as t (n);
