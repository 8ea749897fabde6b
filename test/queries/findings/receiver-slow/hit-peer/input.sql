-- A backend stops reading: twelve connections to it wait for its window.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 90000 as send_q, '10.0.0.1' as local_addr, 50100 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 7000 + i as inode, 'persist' as timer, 800 as timer_ms, 0 as retrans
from range(10, 16) as t (n), range(12) as c (i);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPToZeroWindowAdv', 70, 0, 0), ('TcpExtTCPWinProbe', 30, 0, 12)
) as c (name, start, always, meanwhile);
