-- Who holds them was not recorded, but the configuration names the backend; no request suffered.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 51000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 6 as family, 7000 + i as inode
from range(5, 25) as t (n), range(6) as c (i);
insert into setting by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'ProxyPass' as key, '/app http://10.2.0.1:9000/app' as value, '-' as scope, 'proxy.conf:3' as origin;
