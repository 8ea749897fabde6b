-- Queue full at 12:00:30, clients give up at 12:00:45, late closes go unanswered from 12:01:20.
update apache_status set busy_workers = 50, idle_workers = 0, sending = 50 where capture_id between 6 and 15;
update socket set recv_q = 257 where state = 'LISTEN' and local_port = 80 and capture_id between 6 and 15;
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 20000 + i as peer_port, 6 as family, case when state = 'CLOSE_WAIT' and i < 40 then 5000 + i else 0 end as inode
from range(25) as t (n), range(120) as c (i), (values ('SYN_RECV', 7, 16), ('CLOSE_WAIT', 9, 16), ('LAST_ACK', 16, 24)) as s (state, first, last)
where n between first and last and i < 20 * (n - first + 1);
insert into error_log by name
select 12 as capture_id, 'h' as host, sample_ts(12) + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 100 as pid, 'AH01102' as code, 70007 as errno,
  'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, i as line_no
from range(3) as t (i);
