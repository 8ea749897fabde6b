-- A site of phones: 0.8 % of the segments are lost on every day, and 1.3 % for half a minute.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 80, 50), ('TcpExtTCPSynRetrans', 3000, 0, 0), ('TcpExtTCPOrigDataSent', 800000, 10000, 0), ('TcpExtTCPFastRetrans', 4000, 60, 40),
  ('TcpExtTCPLostRetransmit', 100, 0, 0)
) as c (name, start, always, meanwhile);
