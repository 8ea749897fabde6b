-- Four lines of old advice: one resets honest clients, one is in bytes where pages are meant, two do nothing for TIME_WAIT.
update sysctl set value = '30' where key = 'net.ipv4.tcp_fin_timeout';
update sysctl set value = '6000' where key = 'net.ipv4.tcp_max_tw_buckets';
insert into sysctl by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value from (values ('net.ipv4.tcp_abort_on_overflow', '1'), ('net.ipv4.tcp_mem', '8388608 12582912 16777216')) as k (key, value);
