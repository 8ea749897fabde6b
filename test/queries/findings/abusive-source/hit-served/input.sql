-- The same address while all workers are busy: that it is served well does not help the others.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.3.0.1' as peer_addr, 30000 + i as peer_port, 6 as family, 3000 + i as inode
from range(8, 20) as t (n), range(60) as c (i);
insert into access_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:40' + to_seconds(i // 40) as ts, '10.3.0.1' as client, 'GET' as method, '/app' as path,
  200 as status, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' as user_agent, 'logs/access/access.log' as member, 1000 + i as line_no
from range(2400) as t (i);
update apache_status set busy_workers = 50, idle_workers = 0 where capture_id between 10 and 18;
