-- Three of the eight that wait are gone already.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 45000 + i as peer_port, 6 as family, 0 as inode
from range(10, 18) as t (n), range(3) as c (i);
update socket set recv_q = 8 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 17;
