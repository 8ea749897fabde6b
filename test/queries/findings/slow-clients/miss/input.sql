-- Many honest visitors keep their connections: each was answered, and is silent until its time is over.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.3.0.' || i as peer_addr, 30000 + i as peer_port, 6 as family, 3000 + i as inode, 1.0 as rtt_ms, 120 as bytes_received, 900 as bytes_sent, 5000 * (n - 8) as lastrcv_ms
from range(8, 12) as t (n), range(45) as c (i)
-- And requests that wait for a backend: never answered, and silent, but Apache is not reading.
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.4.0.' || i as peer_addr, 30000 + i as peer_port, 6 as family, 4000 + i as inode, 1.0 as rtt_ms, 120 as bytes_received, null as bytes_sent, 5000 * (n - 8) as lastrcv_ms
from range(14, 20) as t (n), range(45) as c (i);
update apache_status set busy_workers = 47, idle_workers = 3, sending = 2, keepalive = 45 where capture_id between 8 and 11;
update apache_status set busy_workers = 47, idle_workers = 3, sending = 46, keepalive = 1 where capture_id between 14 and 19;
