-- One client asks for one report again and again; the backend never closes its end.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'FIN_WAIT2' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 33000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 0 as inode
from range(10, 20) as t (n), range(400) as c (i)
where i < 50 * (n - 9);
insert into access_log by name
select 10 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:46' + to_seconds(i // 8) as ts, timestamp '2026-01-05 12:00:46' + to_seconds(i // 8) as end_ts, '10.1.0.6' as client, 'GET' as method,
  '/report.pdf' as path, 200 as status, 20000 as duration_us, 'logs/access/access.log' as member, 1000 + i as line_no
from range(400) as t (i);
-- One request timed out meanwhile, as any proxy logs now and then: no trouble that explains the jump.
insert into error_log by name
select 12 as capture_id, 'h' as host, sample_ts(12) as ts, 'proxy_http' as module, 'error' as level, 90 as pid, 'AH01102' as code, 70007 as errno,
  'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, 1000 as line_no;
