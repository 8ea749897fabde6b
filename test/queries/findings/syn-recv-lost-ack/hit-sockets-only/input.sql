-- The same with neither an access log nor conntrack: one network has to do.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'SYN_RECV' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 3) as peer_addr, 30000 + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 3000 as timer_ms, 2 as retrans
from range(10, 18) as t (n), range(40) as c (i);
delete from access_log;
update coverage set status = 'absent' where source in ('access-log', 'conntrack');
