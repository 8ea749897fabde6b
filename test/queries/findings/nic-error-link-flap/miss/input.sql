-- Errors from long ago; the link comes up once.
update interface set rx_crc = 900000;
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'eth0: Link is Up' as message, 'link' as event, 'eth0' as event_interface, 'up' as event_detail, 'dmesg.txt' as member, i as line_no
from range(1) as t (i);
