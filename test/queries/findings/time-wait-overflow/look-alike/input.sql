-- Thirty thousand in TIME_WAIT are many, and no problem.
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'tw' as key, (case when n >= 10 then 30000 else 9000 end)::bigint as value from range(25) as t (n);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPTimeWaitOverflow', 70000, 0, 0)
) as c (name, start, always, meanwhile);
