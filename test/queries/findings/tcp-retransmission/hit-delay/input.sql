-- Delays of a second make timers fire; the peers say that they had got the segments.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 0, 30), ('TcpExtTCPSynRetrans', 3000, 0, 0), ('TcpExtTCPOrigDataSent', 800000, 500, 0), ('TcpExtTCPFastRetrans', 4000, 0, 2),
  ('TcpExtTCPLostRetransmit', 100, 0, 0), ('TcpExtTCPDSACKRecv', 50, 0, 22), ('TcpExtTCPSpuriousRTOs', 10, 0, 5), ('TcpExtTCPTimeouts', 2000, 0, 25)
) as c (name, start, always, meanwhile);
