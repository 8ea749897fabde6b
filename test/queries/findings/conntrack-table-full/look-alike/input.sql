-- The kernel says so of another namespace; the host's own table stayed nearly empty and dropped nothing.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'nf_conntrack: table full in netns 4026532412, dropping packet' as message, 'ct_full' as event, 'dmesg.txt' as member, i as line_no
from range(8) as t (i);
