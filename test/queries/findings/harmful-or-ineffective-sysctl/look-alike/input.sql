-- tcp_tw_reuse with time stamps does what it says, 131,072 buckets are half of the hash table, and a file differs from the value in force by blanks alone.
insert into sysctl by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value
from (values ('net.ipv4.tcp_tw_reuse', '1'), ('net.ipv4.tcp_timestamps', '1'), ('net.ipv4.tcp_ehash_entries', '262144'), ('net.ipv4.tcp_rmem', '4096' || chr(9) || '131072' || chr(9) || '6291456')) as k (key, value);
insert into sysctl_file by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, '/etc/sysctl.d/60-web.conf' as file, 1 as line_no, 'net.ipv4.tcp_rmem' as key, '4096 131072 6291456' as value
union all by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, '/etc/sysctl.d/10-old.conf' as file, 1 as line_no, 'net.ipv4.tcp_rmem' as key, '4096 87380 524288' as value;
