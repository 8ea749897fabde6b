-- From sample 8 to 20, 45 connections of three addresses send eleven bytes every other sample and never a whole request; 48 of 50 workers read.
update socket set rtt_ms = 1.0, bytes_received = 120, bytes_sent = 900 where state = 'ESTABLISHED';
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.3.0.' || i % 3 as peer_addr, 30000 + i as peer_port, 6 as family, 3000 + i as inode, 1.0 as rtt_ms, 40 + 11 * ((n - 8) // 2) as bytes_received, 5000 * (n % 2) as lastrcv_ms
from range(8, 21) as t (n), range(45) as c (i);
update apache_status set busy_workers = 50, idle_workers = 0, reading = 48, sending = 2, keepalive = 0 where capture_id between 9 and 20;
