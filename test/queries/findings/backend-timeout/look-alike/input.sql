-- The backend closes idle connections under the proxy's hands (20014), twenty times; requests are as fast as ever.
insert into error_log by name
select (14 + i // 5)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:01:10' + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 100 + i as pid, '10.1.0.1' as client,
  'AH01102' as code, 20014 as errno, 'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, i as line_no
from range(20) as t (i);
