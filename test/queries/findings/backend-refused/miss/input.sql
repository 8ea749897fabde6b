-- Two refused connections while a backend restarts are not an outage, and time-outs are something else.
insert into error_log by name
select (i * 5)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:00:05' + to_seconds(25 * i) as ts, 'proxy' as module, 'error' as level, 100 + i as pid,
  'AH00957' as code, case when i < 2 then 111 else 110 end as errno, 'http: attempt to connect to 10.2.0.1:9000 (10.2.0.1:9000) failed' as message, 'logs/error/error.log' as member, i as line_no
from range(4) as t (i);
