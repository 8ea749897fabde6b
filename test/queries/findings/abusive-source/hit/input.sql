-- One address opens sixty connections and asks for what is not there, twenty times a second from 12:00:40 on; conntrack remembers 900.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.3.0.1' as peer_addr, 30000 + i as peer_port, 6 as family, 3000 + i as inode
from range(8, 20) as t (n), range(60) as c (i);
insert into conntrack by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'ipv4' as l3proto, 'tcp' as l4proto, 'TIME_WAIT' as state, '10.1.0.' || i % 7 as src, '10.0.0.1' as dst, 40000 + i as sport, 80 as dport,
  true as assured, false as unreplied
from range(25) as t (n), range(28) as c (i)
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'ipv4' as l3proto, 'tcp' as l4proto, 'TIME_WAIT' as state, '10.3.0.1' as src, '10.0.0.1' as dst, 20000 + i as sport, 80 as dport,
  true as assured, false as unreplied
from range(8, 25) as t (n), range(900) as c (i)
where i < 100 * (n - 7);
insert into access_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:40' + to_seconds(i // 20) as ts, '10.3.0.1' as client, 'GET' as method, '/wp-login.php' as path, 404 as status,
  'python-requests/2.31' as user_agent, 'logs/access/access.log' as member, 1000 + i as line_no
from range(1200) as t (i);
