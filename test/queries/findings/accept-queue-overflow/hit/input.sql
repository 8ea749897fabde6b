-- From 12:00:50 to 12:01:15 the queue is full, 60 overflows a second, every cookie comes back, and workers are idle.
update socket set recv_q = 257 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 15;
update counter set value = value + 300 * least(greatest(capture_id - 9, 0), 6) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops');
update counter set value = value + 100 * least(greatest(capture_id - 9, 0), 6) where name in ('TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv');
-- A backend was refused twice, one of them during it: a proxy logs that now and then, and it explains nothing.
insert into error_log by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'proxy' as module, 'error' as level, 100 as pid, 'AH00957' as code, 111 as errno,
  'HTTP: attempt to connect to 10.2.0.1:9000 (10.2.0.1) failed' as message, 'logs/error/error.log' as member, n as line_no
from (values (2), (11)) as t (n);
