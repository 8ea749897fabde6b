-- The same, by RSS alone; then the host swaps and the kernel kills a child.
update setting set value = '1000' where key = 'MaxRequestWorkers';
update process set pss_bytes = null;
update memory set value_bytes = 500000000 where key = 'SwapFree' and capture_id >= 12;
insert into kernel_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:01:10' as ts, 'oom_kill' as event, 'apache2' as event_detail,
  'Out of memory: Killed process 915 (apache2) total-vm:812344kB, anon-rss:401232kB' as message, 'dmesg.txt' as member, 3 as line_no;
