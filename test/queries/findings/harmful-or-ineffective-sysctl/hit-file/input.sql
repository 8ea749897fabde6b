-- What the files say is not in force, and one name is gone since Linux 4.9: told, not blamed.
insert into sysctl_file by name
select 0 as capture_id, 'h' as host, sample_ts(0) as ts, file, line_no, key, value
from (values ('/etc/sysctl.d/60-web.conf', 1, 'net.core.somaxconn', '16384'), ('/etc/sysctl.d/60-web.conf', 2, 'net.ipv4.netfilter.ip_conntrack_max', '131072')) as k (file, line_no, key, value);
