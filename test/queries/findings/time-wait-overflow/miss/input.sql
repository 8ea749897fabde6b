-- Few, and the counter is from incidents long ago.
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'tw' as key, (200 + n)::bigint as value from range(25) as t (n);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPTimeWaitOverflow', 70000, 0, 0)
) as c (name, start, always, meanwhile);
