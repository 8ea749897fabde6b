-- Five uploads are not read for half a minute; the kernel closes their windows.
update socket set recv_q = 120000 where state = 'ESTABLISHED' and local_port = 80 and peer_port between 40001 and 40005 and capture_id between 10 and 15;
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPToZeroWindowAdv', 70, 0, 5), ('TcpExtTCPWantZeroWindowAdv', 3, 0, 0), ('TcpExtTCPMemoryPressures', 2, 0, 0)
) as c (name, start, always, meanwhile);
