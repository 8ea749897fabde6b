-- The scoreboard is full of processes that finish gracefully; a third of the workers is idle, and nobody waits.
update apache_status set busy_workers = 33, idle_workers = 17, graceful = 30 where capture_id between 10 and 14;
insert into error_log by name
select 11 as capture_id, 'h' as host, sample_ts(11) as ts, 'mpm_event' as module, 'error' as level, 100 as pid, 'AH03490' as code,
  'scoreboard is full, not at MaxRequestWorkers.Increase ServerLimit.' as message, 'logs/error/error.log' as member, 1 as line_no;
