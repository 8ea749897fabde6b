-- One slow reader fills its own buffer, and a kernel line of another container says "out of memory".
insert into sysctl by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'net.ipv4.tcp_mem' as key, '30000 40000 60000' as value;
insert into memory by name select n as capture_id, 'h' as host, sample_ts(n) as ts, 'MemTotal' as key, 2147483648 as value_bytes from range(25) as t (n);
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'mem' as key, (900)::bigint as value from range(25) as t (n);
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'TCP: out of memory -- consider tuning tcp_mem' as message, 'tcp_mem' as event, 'dmesg.txt' as member, i as line_no
from range(1) as t (i);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPMemoryPressures', 2, 0, 0), ('TcpExtPruneCalled', 2, 0, 400), ('TcpExtRcvPruned', 2, 0, 40)
) as c (name, start, always, meanwhile);
