-- Values of a current kernel.
insert into sysctl by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value
from (values ('net.ipv4.tcp_abort_on_overflow', '0'), ('net.ipv4.tcp_tw_reuse', '2'), ('net.ipv4.tcp_timestamps', '1'), ('net.ipv4.tcp_sack', '1'), ('net.ipv4.tcp_mem', '93000 124000 186000'),
  ('net.core.rmem_default', '212992'), ('net.netfilter.nf_conntrack_buckets', '65536'), ('net.ipv4.tcp_ehash_entries', '-262144'), ('net.netfilter.nf_conntrack_tcp_timeout_established', '432000')) as k (key, value);
