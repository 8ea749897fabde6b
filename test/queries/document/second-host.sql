-- The same two quiet minutes on host "h2", beside those of "h".
insert into capture by name select * replace (capture_id + 100 as capture_id, 'h2' as host, source_path || '-h2' as source_path, sha256 || '-h2' as sha256) from capture;
insert into coverage by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from coverage;
insert into socket by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from socket;
insert into counter by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from counter;
insert into conntrack_fill by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from conntrack_fill;
insert into apache_status by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from apache_status;
insert into access_log by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from access_log;
insert into sysctl by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from sysctl;
insert into setting by name select * replace (capture_id + 100 as capture_id, 'h2' as host) from setting;
