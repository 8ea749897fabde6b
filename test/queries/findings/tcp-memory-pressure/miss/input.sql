-- Half of the mark.
insert into sysctl by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'net.ipv4.tcp_mem' as key, '30000 40000 60000' as value;
insert into memory by name select n as capture_id, 'h' as host, sample_ts(n) as ts, 'MemTotal' as key, 2147483648 as value_bytes from range(25) as t (n);
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'mem' as key, (case when n between 10 and 15 then 20000 else 900 end)::bigint as value from range(25) as t (n);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPMemoryPressures', 70000, 0, 0)
) as c (name, start, always, meanwhile);
