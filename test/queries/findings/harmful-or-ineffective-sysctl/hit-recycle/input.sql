-- An old kernel rejects clients behind NAT by their time stamps.
insert into sysctl by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'net.ipv4.tcp_tw_recycle' as key, '1' as value;
insert into counter by name select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TcpExtPAWSPassive' as name, 100 + 20 * n as value from range(25) as t (n);
