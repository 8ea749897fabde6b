-- From 12:00:50 on requests to the backend take 20 s and end in 502; Apache says so when the wait is over.
update access_log set duration_us = 20000000, end_ts = ts + interval 20 second, status = 502
where path = '/app' and ts >= timestamp '2026-01-05 12:00:50' and ts < timestamp '2026-01-05 12:01:10';
insert into error_log by name
select (14 + i // 5)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:01:10' + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 100 + i as pid, '10.1.0.1' as client,
  'AH01102' as code, 70007 as errno, 'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, i as line_no
from range(20) as t (i);
-- A lone time-out long before is no part of it.
insert into error_log by name
select 1 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:02' as ts, 'proxy_http' as module, 'error' as level, 90 as pid, '10.1.0.1' as client,
  'AH01102' as code, 70007 as errno, 'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, 1000 as line_no;
