-- Workers of Apache that hang, one connection each, until the recording ends: never more than there are workers.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 45000 + i as peer_port, 6 as family, 6000 + i as inode
from range(5, 25) as t (n), range(45) as c (i) where i < 4 * (n - 4);
insert into socket_process by name
select capture_id, host, ts, netid, state, local_addr, local_port, peer_addr, peer_port, inode, 'apache2' as process, 300 + inode % 100 as pid, 12 as fd
from socket where state = 'CLOSE_WAIT' and inode > 0;
update apache_status set busy_workers = 50, idle_workers = 0, sending = 50 where capture_id > 14;
