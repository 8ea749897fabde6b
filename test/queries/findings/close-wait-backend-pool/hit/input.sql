-- Six children of Apache keep connections that the backend has closed; four requests met one.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 51000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 6 as family, 7000 + i as inode
from range(5, 25) as t (n), range(6) as c (i);
insert into socket_process by name
select capture_id, host, ts, netid, state, local_addr, local_port, peer_addr, peer_port, inode, 'apache2' as process, 400 + inode % 10 as pid, 12 as fd
from socket where state = 'CLOSE_WAIT' and inode > 0;
insert into error_log by name
select 12 as capture_id, 'h' as host, sample_ts(8) + to_seconds(i) as ts, 'proxy_http' as module, 'error' as level, 100 as pid, 'AH01102' as code, 20014 as errno,
  'error reading status line from remote server 10.2.0.1:9000' as message, 'logs/error/error.log' as member, i as line_no
from range(4) as t (i);
