-- The kernel names an interface this host does not have: another network namespace.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'eth9: Link is Down' as message, 'link' as event, 'eth9' as event_interface, case when i % 2 = 0 then 'down' else 'up' end as event_detail, 'dmesg.txt' as member, i as line_no
from range(4) as t (i);
