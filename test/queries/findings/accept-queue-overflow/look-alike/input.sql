-- Drops at a listener without one overflow: the SYN queue was full and cookies are off. The accept queue had room all the time.
update sysctl set value = '0' where key = 'net.ipv4.tcp_syncookies';
update counter set value = value + 300 * least(greatest(capture_id - 9, 0), 6) where name = 'TcpExtListenDrops';
insert into counter by name select n as capture_id, 'h' as host, sample_ts(n) as ts, 'TcpExtTCPReqQFullDrop' as name, 300 * least(greatest(n - 9, 0), 6) as value from range(25) as t (n);
