-- The table is full for half a minute; drop= grows and the kernel says so.
update conntrack_fill set entries = 65536 where capture_id between 10 and 15;
update conntrack_stat set dropped = 50 * least(greatest(capture_id - 9, 0), 6);
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'nf_conntrack: nf_conntrack: table full, dropping packet' as message, 'ct_full' as event,
  'dmesg.txt' as member, i as line_no
from range(8) as t (i);
