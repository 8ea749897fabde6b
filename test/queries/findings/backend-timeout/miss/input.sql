-- Backends that close an idle connection (20014), and three time-outs in two minutes, are everyday.
insert into error_log by name
select (i // 5)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:00:00' + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 100 + i as pid, '10.1.0.1' as client,
  'AH01102' as code, case when i % 40 = 0 then 70007 else 20014 end as errno, 'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, i as line_no
from range(100) as t (i);
