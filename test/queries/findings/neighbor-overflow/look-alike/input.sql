-- One stray line.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'neighbour: arp_cache: neighbor table overflow!' as message, 'neigh_full' as event, 'dmesg.txt' as member, i as line_no
from range(1) as t (i);
