-- Eight clients of one network get headers and small answers; no full segment ever arrives.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 12000 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.9.0.' || (64 + i % 8) as peer_addr, 41000 + i as peer_port, 6 as family, 5000 + i as inode, 'on' as timer, 4 as retrans, 900 as timer_ms, 4 as backoff, 1448 as mss, 1500 as pmtu,
  null as bytes_acked, 20000 as bytes_sent, 2 as sacked
from range(10, 18) as t (n), range(16) as c (i)
where i < 4 * (n - 9);
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.9.0.' || (64 + i) as peer_addr, 42000 + i as peer_port, 6 as family, 6000 + i as inode, 1448 as mss, 401 as bytes_acked, 400 as bytes_sent
from range(25) as t (n), range(8) as c (i);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('IcmpInDestUnreachs', 300, 0, 0), ('TcpRetransSegs', 9000, 0, 60), ('TcpExtTCPSynRetrans', 3000, 0, 0), ('TcpExtTCPOrigDataSent', 800000, 500, 0), ('TcpExtTCPLostRetransmit', 100, 0, 50)
) as c (name, start, always, meanwhile);
