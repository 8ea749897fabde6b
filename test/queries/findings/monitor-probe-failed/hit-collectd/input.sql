-- collectd on the host cannot connect, and pauses for longer and longer.
insert into system_log by name
select 20 as capture_id, 'h' as host, timestamp '2026-01-05 12:00:50' + to_seconds(at_s) as ts, 'collectd' as program, 'collectd' as event, message, 'logs/syslog' as member, at_s as line_no
from (values (0, 'apache: curl_easy_perform failed: connect() timed out!'), (1, 'read-function of plugin `apache//apache'' failed. Will suspend it for 20.000 seconds'),
  (30, 'apache: curl_easy_perform failed: connect() timed out!'), (31, 'read-function of plugin `apache//apache'' failed. Will suspend it for 40.000 seconds')) as l (at_s, message);
