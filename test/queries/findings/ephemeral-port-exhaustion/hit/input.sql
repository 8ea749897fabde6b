-- 27,000 of 28,232 ports towards one backend wait in TIME_WAIT, and connects fail with errno 99.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'TIME_WAIT' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 32768 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 0 as inode
from range(10, 14) as t (n), range(27000) as c (i);
insert into error_log by name
select 11 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:52' + to_seconds(i) as ts, 'proxy' as module, 'error' as level, 100 + i as pid, 'AH00957' as code, 99 as errno,
  'http: attempt to connect to 10.2.0.1:9000 (10.2.0.1:9000) failed' as message, 'logs/error/error.log' as member, i as line_no
from range(10) as t (i);
