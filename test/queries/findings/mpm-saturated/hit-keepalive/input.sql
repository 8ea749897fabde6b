-- All workers are busy, most of them with clients that keep their connection: KeepAliveTimeout is long.
update apache_status set busy_workers = 50, idle_workers = 0, keepalive = 44, sending = 6, reading = 0 where capture_id between 9 and 20;
update socket set recv_q = 40 where state = 'LISTEN' and local_port = 80 and capture_id between 9 and 20;
insert into setting by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, 'KeepAliveTimeout' as key, '15' as value, '-' as scope, 'httpd.conf:7' as origin;
