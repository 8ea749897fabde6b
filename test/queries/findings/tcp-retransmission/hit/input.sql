-- For half a minute six of a hundred segments to the clients are lost; most are repeated at once and get through.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 0, 34), ('TcpExtTCPSynRetrans', 3000, 0, 4), ('TcpExtTCPOrigDataSent', 800000, 500, 0), ('TcpExtTCPFastRetrans', 4000, 0, 24),
  ('TcpExtTCPLostRetransmit', 100, 0, 2), ('TcpExtTCPDSACKRecv', 50, 0, 1), ('TcpExtTCPSpuriousRTOs', 10, 0, 0), ('TcpExtTCPTimeouts', 2000, 0, 6), ('TcpExtTCPToZeroWindowAdv', 7, 0, 0)
) as c (name, start, always, meanwhile);
update socket set segs_out = 500, retrans_total = case when local_port = 80 and capture_id >= 10 then 30 end, minrtt_ms = 10, rtt_ms = 12, congestion = 'cubic' where state = 'ESTABLISHED';
