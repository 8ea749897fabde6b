-- Old advice on a host whose accept queue overflows: a backlog that somaxconn cuts, a time-out "for TIME_WAIT", buffers "for TCP", a lowered bucket count.
update sysctl set value = '128' where key = 'net.core.somaxconn';
update sysctl set value = '90' where key = 'net.ipv4.tcp_fin_timeout';
update sysctl set value = '6000' where key = 'net.ipv4.tcp_max_tw_buckets';
insert into sysctl by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value
from (values ('net.core.rmem_default', '8388608'), ('net.ipv4.tcp_ehash_entries', '262144'), ('net.ipv4.tcp_synack_retries', '3'), ('net.ipv4.tcp_max_syn_backlog', '16384'),
  ('net.netfilter.nf_conntrack_buckets', '65536'), ('net.netfilter.nf_conntrack_tcp_timeout_time_wait', '30'), ('net.ipv4.tcp_mem', '93000 124000 186000')) as k (key, value);
update setting set value = '16384' where key = 'ListenBacklog';
update setting set value = '600' where key = 'MaxRequestWorkers';
insert into setting by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'ServerLimit' as key, '256' as value, '-' as scope, 'httpd.conf:2' as origin;
update socket set send_q = 128, recv_q = case when capture_id between 10 and 15 then 129 else 0 end where state = 'LISTEN' and local_port = 80;
update counter set value = value + 100 * least(6, capture_id - 9) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops') and capture_id >= 10;
update conntrack_fill set entries = 60000 where capture_id = 12;
