-- The kernel says so, and packets are discarded on the way out.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'neighbour: arp_cache: neighbor table overflow!' as message, 'neigh_full' as event, 'dmesg.txt' as member, i as line_no
from range(8) as t (i);
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'IpOutDiscards' as name, 100 + 50 * least(greatest(n - 9, 0), 6) as value from range(25) as t (n);
