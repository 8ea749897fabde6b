-- 1,000 workers of the event MPM are 40 processes.
update setting set value = '1000' where key = 'MaxRequestWorkers';
insert into setting by name select 0 as capture_id, 'h' as host, sample_ts(0) as ts, key, value, scope from (values ('Server MPM', 'event', 'version'), ('ThreadsPerChild', '25', '-')) as k (key, value, scope);
