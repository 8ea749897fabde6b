-- An old kernel without the counter says it.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'TCP: time wait bucket table overflow' as message, 'tw_overflow' as event, 'dmesg.txt' as member, i as line_no
from range(4) as t (i);
