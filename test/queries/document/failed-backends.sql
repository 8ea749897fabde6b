-- For half a minute requests fail at two backends; the error log beside the access log says which. Six more have no line there, and two were logged by a balancer.
insert into access_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:50' + to_seconds(i) as ts, timestamp '2026-01-05 12:00:50' + to_seconds(i + 5) as end_ts,
  '10.1.0.' || (i % 7) as client, 42000 + i as client_port, 'GET' as method, '/app' as path, 502 as status, 5000000 as duration_us,
  case when i >= 28 then 'http://10.2.0.9:8080' end as backend, 'logs/access/access.log' as member, 2000 + i as line_no
from range(30) as t (i);
insert into error_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:55' + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 90 as pid, 'AH01102' as code, 70007 as errno,
  '10.1.0.' || (i % 7) as client, 42000 + i as client_port, case when i % 4 = 0 then '10.2.0.2' else '10.2.0.1' end as backend, 9000 as backend_port,
  'error reading status line from remote server' as message, 'logs/error/error.log' as member, 3000 + i as line_no
from range(22) as t (i);
-- Another connection of the same client at the same time is another request.
update error_log set client_port = 50000 where line_no = 3021;
