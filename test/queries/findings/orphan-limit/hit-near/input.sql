-- A third of the limit: some count twice or four times against it.
insert into sysctl by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'net.ipv4.tcp_max_orphans' as key, '8192' as value;
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'orphan' as key, (case when n between 9 and 15 then 2800 else 40 end)::bigint as value from range(25) as t (n);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPAbortOnMemory', 700, 0, 0)
) as c (name, start, always, meanwhile);
