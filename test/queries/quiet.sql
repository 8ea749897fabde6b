-- Two quiet minutes of host "h", a sample every 5 s, for the cases beside this file to change: 25 samples from 12:00:00.
create macro sample_ts(n) as timestamp '2026-01-05 12:00:00' + to_seconds(5 * n);

insert into capture by name
select n as capture_id, 'r' as run, 'h' as host, 'boot' as boot_id, sample_ts(n) as ts, 'sample-' || n as source_path, 's' || n as sha256, 5.0 as interval_s,
  '6.1.0' as kernel, 2 as cpus, 0 as zone_offset_min
from range(25) as t (n);

insert into coverage by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, source, member, status, 1 as lines, 1 as rows, 0 as rejects, 1 as bytes
from range(25) as t (n), (values
  ('ss', 'ss-tanoemi.txt', 'collected'), ('proc-net-counters', 'proc-net-netstat.txt', 'collected'), ('conntrack', 'conntrack-L.txt', 'collected'),
  ('conntrack-stat', 'conntrack-S.txt', 'collected'), ('conntrack-count', 'conntrack-count.txt', 'collected'), ('kernel-log', 'dmesg.txt', 'empty'),
  ('interface', 'ip-s-link.txt', 'collected'), ('softnet', 'proc-net-softnet.txt', 'collected'), ('access-log', 'logs/access/access.log', 'collected'), ('error-log', 'logs/error/error.log', 'empty'), ('apache-status', 'server-status.txt', 'collected'),
  ('sysctl', 'sysctl.txt', 'collected'), ('apache-settings', 'apache-settings.txt', 'collected'), ('process', 'ps.txt', 'collected'), ('memory', 'proc-meminfo.txt', 'collected')
) as s (source, member, status);

insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'LISTEN' as state, recv_q, send_q, local_addr, local_port, '*' as peer_addr, null as peer_port, family, inode
from range(25) as t (n), (values (0, 256, '*', 80, 6, 10), (0, 256, '127.0.0.1', 8081, 4, 11)) as l (recv_q, send_q, local_addr, local_port, family, inode);

-- Seven clients, and three connections to a backend.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || i as peer_addr, 40000 + i as peer_port, 6 as family, 1000 + i as inode
from range(25) as t (n), range(7) as c (i)
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'ESTABLISHED' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 50000 + i as local_port,
  '10.2.0.1' as peer_addr, 9000 as peer_port, 4 as family, 2000 + i as inode
from range(25) as t (n), range(3) as c (i);

-- Counters since boot, from incidents long ago.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, name, start + n * growth as value
from range(25) as t (n), (values
  ('TcpExtListenOverflows', 70000, 0), ('TcpExtListenDrops', 70000, 0), ('TcpExtSyncookiesSent', 30000, 0), ('TcpExtSyncookiesRecv', 20000, 0),
  ('TcpExtTCPReqQFullDoCookies', 30000, 0), ('TcpPassiveOpens', 100000, 20), ('TcpActiveOpens', 50000, 10), ('TcpAttemptFails', 40000, 0)
) as c (name, start, growth);

insert into conntrack_fill by name select n as capture_id, 'h' as host, sample_ts(n) as ts, 900 as entries, 65536 as max_entries from range(25) as t (n);
insert into conntrack_stat by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, cpu, 0 as found, 0 as invalid, 0 as insert_failed, 0 as dropped, 0 as early_drop
from range(25) as t (n), range(2) as c (cpu);

insert into apache_status by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 5 as busy_workers, 45 as idle_workers, 'prefork' as mpm, 0 as reading, 3 as sending, 2 as keepalive, 0 as closing, 0 as graceful
from range(25) as t (n);

insert into access_log by name
select (i // 20)::integer as capture_id, 'h' as host, timestamp '2026-01-05 12:00:00' + to_seconds(i // 4) as ts,
  timestamp '2026-01-05 12:00:00' + to_seconds(i // 4) + interval 20 millisecond as end_ts, '10.1.0.' || (i % 7) as client, 'GET' as method,
  case when i % 2 = 0 then '/app' else '/style.css' end as path, 200 as status, 20000 as duration_us, 'logs/access/access.log' as member, i as line_no
from range(480) as t (i);

insert into sysctl by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value
from (values ('net.core.somaxconn', '4096'), ('net.ipv4.tcp_syncookies', '1'), ('net.ipv4.ip_local_port_range', '32768 60999'), ('net.ipv4.tcp_fin_timeout', '60'),
  ('net.ipv4.tcp_max_tw_buckets', '131072'), ('net.netfilter.nf_conntrack_max', '65536')) as k (key, value);

insert into setting by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value, '-' as scope, 'httpd.conf:1' as origin
from (values ('MaxRequestWorkers', '50'), ('ListenBacklog', '256'), ('ProxyTimeout', '20')) as k (key, value);

-- A card and the CPUs behind it: losses from long ago, none now.
insert into interface by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'eth0' as name, 1000000 + 5000 * n as rx_packets, 1000000 + 5000 * n as tx_packets, 700 as rx_errors, 9000 as rx_dropped, 4000 as rx_missed, 0 as rx_fifo,
  600 as rx_crc, 100 as rx_frame, 0 as tx_carrier, 0 as tx_aborted, 0 as tx_errors, 0 as tx_dropped
from range(25) as t (n);
insert into softnet by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, cpu, 500000 + 2500 * n as processed, 300 as dropped, 800 + n as time_squeeze from range(25) as t (n), range(2) as c (cpu);

-- Forty children of 10 MB each (20 MB with what they share), on a host of 8 GB that does not swap.
insert into process by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 900 as pid, 1 as ppid, 12000000 as rss_bytes, 'apache2' as command from range(25) as t (n)
union all by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 901 + i as pid, 900 as ppid, 20000000 + i as rss_bytes, 10000000 + i as pss_bytes, 'apache2' as command from range(25) as t (n), range(40) as c (i);
insert into memory by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, key, value_bytes
from range(25) as t (n), (values ('MemTotal', 8000000000), ('MemAvailable', 6000000000), ('SwapTotal', 2000000000), ('SwapFree', 2000000000)) as m (key, value_bytes);
