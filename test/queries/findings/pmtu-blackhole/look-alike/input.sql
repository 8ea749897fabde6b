-- The clients have left: nothing at all arrives there, and nothing comes from them.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 12000 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.9.0.' || (64 + i % 8) as peer_addr, 41000 + i as peer_port, 6 as family, 5000 + i as inode, 'on' as timer, 4 as retrans, 900 as timer_ms, 4 as backoff, 1448 as mss, 1500 as pmtu,
  null as bytes_acked, 20000 as bytes_sent, null as sacked
from range(10, 18) as t (n), range(16) as c (i)
where i < 4 * (n - 9);
