-- The drop counter was not read: a fill between two samples is not known, and the line stands.
delete from conntrack_stat;
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, 'nf_conntrack: nf_conntrack: table full, dropping packet' as message, 'ct_full' as event, 'dmesg.txt' as member, i as line_no
from range(8) as t (i);
