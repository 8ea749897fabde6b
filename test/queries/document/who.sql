-- From 12:01:00 on forty connections a sample stand in CLOSE_WAIT, thirty of one /24, five of the host's own address and five of a backend;
-- half of the requests are answered 503. Three other clients had one each all the time.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  case when i < 30 then '192.0.2.' || i // 2 when i < 35 then '10.0.0.1' else '10.2.0.1' end as peer_addr, 20000 + i as peer_port, 6 as family, 5000 + i as inode, 'apache2' as process
from range(12, 20) as t (n), range(40) as c (i)
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || i as peer_addr, 21000 + i as peer_port, 6 as family, 6000 + i as inode, 'apache2' as process
from range(25) as t (n), range(3) as c (i);
-- A health checker asks every five seconds, and fails like everybody else; what it calls itself does not count.
insert into access_log by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, '10.9.0.1' as client, 'GET' as method, '/health' as path, case when n between 12 and 19 then 503 else 200 end as status, 'logs/access/access.log' as member, 9000 + n as line_no
from range(25) as t (n);
update access_log set status = 503, user_agent = 'curl/8.5', vhost = 'shop' where ts >= timestamp '2026-01-05 12:01:00' and ts < timestamp '2026-01-05 12:01:40' and line_no < 9000 and line_no % 2 = 0;
update socket set recv_q = 300 where state = 'LISTEN' and local_port = 80 and capture_id between 12 and 19;
update counter set value = value + 200 * least(8, capture_id - 11) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops') and capture_id >= 12;
-- The proxy in front of all is configured as a network.
insert into setting by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'RemoteIPInternalProxy' as key, '10.8.0.0/24' as value, '-' as scope, 'httpd.conf:9' as origin;
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.8.0.7' as peer_addr, 22000 + i as peer_port, 6 as family, 7000 + i as inode, 'apache2' as process
from range(12, 20) as t (n), range(10) as c (i);
