-- What is sent again are SYN-ACKs that nobody answers: no data is lost. A single busy interval with few repeats is no loss either.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpRetransSegs', 9000, 1, 200), ('TcpExtTCPSynRetrans', 3000, 0, 200), ('TcpExtTCPOrigDataSent', 800000, 500, 0), ('TcpExtTCPLostRetransmit', 100, 0, 0)
) as c (name, start, always, meanwhile);
