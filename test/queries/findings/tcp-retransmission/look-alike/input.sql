-- A tenth of what is sent are repeats, but of ten connections whose peers are gone: nothing they are sent ever arrives.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 0, 50), ('TcpExtTCPSynRetrans', 3000, 0, 0), ('TcpExtTCPOrigDataSent', 800000, 500, 0), ('TcpExtTCPFastRetrans', 4000, 0, 0),
  ('TcpExtTCPLostRetransmit', 100, 0, 40), ('TcpExtTCPDSACKRecv', 50, 0, 0), ('TcpExtTCPTimeouts', 2000, 0, 50)
) as c (name, start, always, meanwhile);
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'FIN_WAIT1' as state, 0 as recv_q, 1 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.7.0.' || i as peer_addr, 41000 + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 3 as retrans, 900 as timer_ms, 1448 as mss, 20 as segs_out, 5 as retrans_total
from range(10, 17) as t (n), range(10) as c (i);
