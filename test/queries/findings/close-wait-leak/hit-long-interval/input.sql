-- A sample every 15 s, nine in all: the report program leaks ten connections in each of five, the last of them half a minute before the end.
delete from socket where capture_id % 3 > 0;
delete from apache_status where capture_id % 3 > 0;
delete from counter where capture_id % 3 > 0;
delete from capture where capture_id % 3 > 0;
update capture set interval_s = 15;
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'CLOSE_WAIT' as state, 1 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 9100 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 52000 + i as peer_port, 6 as family, 80000 + i as inode
from range(0, 25, 3) as t (n), range(50) as c (i)
where n >= 6 + 3 * (i // 10);
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'LISTEN' as state, 0 as recv_q, 128 as send_q, '*' as local_addr, 9100 as local_port, '*' as peer_addr, null as peer_port, 6 as family, 12 as inode
from range(0, 25, 3) as t (n);
