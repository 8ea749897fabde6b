-- An access rule, not an outage: the status page answers 403 all the time, and collectd says so.
update coverage set status = 'failed', note = 'curl: (22) The requested URL returned error: 403' where source = 'apache-status';
delete from apache_status;
insert into system_log by name
select 20 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:50' as ts, 'collectd' as program, 'collectd' as event, 'apache: curl_easy_perform failed: The requested URL returned error: 403 Forbidden' as message,
  'logs/syslog' as member, 1 as line_no;
