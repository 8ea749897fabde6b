-- Two connections with a little unread data, and windows that were closed long ago.
update socket set recv_q = 4000 where state = 'ESTABLISHED' and local_port = 80 and peer_port between 40001 and 40002 and capture_id between 10 and 15;
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPToZeroWindowAdv', 70000, 0, 0)
) as c (name, start, always, meanwhile);
