-- The kernel cries flood while every cookie comes back; it also hides messages, and somebody captures packets.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, message, event, port as event_port, hidden as event_count, interface as event_interface, 'dmesg.txt' as member, i + 1 as line_no
from (values (0, 'TCP: request_sock_TCP: Possible SYN flooding on port [::]:80. Sending cookies.', 'syn_flood', 80, null, null),
  (1, 'net_ratelimit: 126 callbacks suppressed', 'ratelimit', null, 126, null),
  (2, 'device eth0 entered promiscuous mode', 'promisc', null, null, 'eth0')) as k (i, message, event, port, hidden, interface);
update counter set value = value + 100 * least(greatest(capture_id - 9, 0), 4) where name in ('TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv');
update counter set value = value + 100 * least(greatest(capture_id - 9, 0), 4) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops');
