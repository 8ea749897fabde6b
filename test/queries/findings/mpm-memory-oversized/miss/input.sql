-- Another program is killed for lack of memory; fifty workers of 10 MB fit.
insert into kernel_log by name
select 24 as capture_id, 'h' as host, timestamp '2026-01-05 12:01:10' as ts, 'oom_kill' as event, 'mysqld' as event_detail,
  'Out of memory: Killed process 815 (mysqld) total-vm:8123440kB, anon-rss:7012320kB' as message, 'dmesg.txt' as member, 3 as line_no;
