-- Connections to the backend time out: it is silent, or its host is gone. Nothing is refused.
update access_log set status = 503, duration_us = 3000000
where path = '/app' and ts >= timestamp '2026-01-05 12:00:50' and ts < timestamp '2026-01-05 12:01:20';
insert into error_log by name
select (10 + i // 10)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:00:50' + to_milliseconds(500 * i) as ts, 'proxy' as module, 'error' as level, 100 + i as pid,
  'AH00957' as code, 110 as errno, 'http: attempt to connect to 10.2.0.1:9000 (10.2.0.1:9000) failed' as message, 'logs/error/error.log' as member, i as line_no
from range(60) as t (i);
