-- The backend, the host and a trusted proxy hold hundreds of connections: they are the service itself.
insert into setting by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value, '-' as scope, 'httpd.conf:9' as origin
from (values ('ProxyPass', '/app http://10.2.0.1:9000/app'), ('RemoteIPTrustedProxy', '10.5.0.0/16')) as k (key, value);
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  addr as peer_addr, 30000 + i as peer_port, 6 as family, 3000 + i as inode
from range(8, 20) as t (n), range(300) as c (i), (values ('10.2.0.1'), ('10.0.0.1'), ('10.5.7.7')) as a (addr);
insert into access_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:40' + to_seconds(i // 20) as ts, '10.5.7.7' as client, 'GET' as method, '/health' as path, 404 as status,
  'probe/1' as user_agent, 'logs/access/access.log' as member, 1000 + i as line_no
from range(1200) as t (i);
