-- The backend is gone for 30 s: each request to it gets a reset and is answered 503.
update access_log set status = 503, duration_us = 900
where path = '/app' and ts >= timestamp '2026-01-05 12:00:50' and ts < timestamp '2026-01-05 12:01:20';
insert into error_log by name
select (10 + i // 10)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:00:50' + to_milliseconds(500 * i) as ts, 'proxy' as module, 'error' as level, 100 + i as pid,
  'AH00957' as code, 111 as errno, 'http: attempt to connect to 10.2.0.1:9000 (10.2.0.1:9000) failed' as message, 'logs/error/error.log' as member, i as line_no
from range(60) as t (i);
update counter set value = value + 10 * least(greatest(capture_id - 10, 0), 6) where name = 'TcpAttemptFails';
