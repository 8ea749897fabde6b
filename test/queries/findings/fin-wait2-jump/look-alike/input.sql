-- TIME_WAIT towards the backend grows with the requests: both sides have closed, and it ends after 60 s.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'TIME_WAIT' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 33000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 0 as inode
from range(10, 20) as t (n), range(400) as c (i)
where i < 50 * (n - 9);
