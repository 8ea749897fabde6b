-- Two per cent in six intervals of a nearly idle host: 24 repeats, the flights of two or three connections.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 0, 4), ('TcpExtTCPSynRetrans', 3000, 0, 0), ('TcpExtTCPOrigDataSent', 800000, 200, 0), ('TcpExtTCPFastRetrans', 4000, 0, 3),
  ('TcpExtTCPLostRetransmit', 100, 0, 0)
) as c (name, start, always, meanwhile);
