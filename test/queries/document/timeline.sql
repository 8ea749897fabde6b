-- Everything that happens once in a while, in two minutes: a knob is turned, Apache restarts, the host boots, samples and sources are missing.
insert into sysctl by name
select 12 as capture_id, 'h' as host, sample_ts(12) as ts, key, case key when 'net.core.somaxconn' then '128' else value end as value from sysctl where capture_id = 0
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'fs.file-nr' as key, (900 + n) || ' 0 2466177' as value from range(0, 13, 12) as t (n);
insert into setting by name
select 12 as capture_id, 'h' as host, sample_ts(12) as ts, key, case key when 'ProxyTimeout' then '5' else value end as value, scope, origin from setting where capture_id = 0;
insert into error_log by name
select 20 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:40' + to_seconds(at_s) as ts, code, 'notice' as level, message, 'logs/error/error.log' as member, line_no
from (values (0, 'AH00169', 'caught SIGTERM, shutting down', 1), (2, 'AH00163', 'Apache/2.4.71 (Debian) configured -- resuming normal operations', 2)) as l (at_s, code, message, line_no);
-- Forty lines in a row are one entry; one an hour later would be another.
insert into error_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:01:20' + to_seconds(i // 4) as ts, 'AH00957' as code, 111 as errno, 'error' as level, 'attempt to connect to 10.2.0.1:9000 failed' as message,
  'logs/error/error.log' as member, 100 + i as line_no
from range(40) as t (i);
update access_log set status = 503 where line_no between 200 and 210;
update capture set boot_id = 'later', uptime_s = 3 where capture_id >= 20;
delete from capture where capture_id between 15 and 17;
update coverage set status = 'failed' where source = 'conntrack' and capture_id between 8 and 10;
