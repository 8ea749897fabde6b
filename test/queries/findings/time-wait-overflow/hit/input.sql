-- tcp_max_tw_buckets was lowered to 6000 and is reached for half a minute.
update sysctl set value = '6000' where key = 'net.ipv4.tcp_max_tw_buckets';
insert into sockstat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TCP' as protocol, 'tw' as key, (case when n between 10 and 15 then 6000 else 2000 end)::bigint as value from range(25) as t (n);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * always + least(greatest(n - 9, 0), 6) * meanwhile as value
from range(25) as t (n), (values
  ('TcpExtTCPTimeWaitOverflow', 70000, 0, 400), ('TcpExtTW', 900000, 300, 0)
) as c (name, start, always, meanwhile);
