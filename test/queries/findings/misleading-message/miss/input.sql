-- The flood message is right when cookies do not come back; yesterday's messages are not of this run.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, ts, 'boot' as boot_id, boot_s, message, event, port as event_port, 'dmesg.txt' as member, line_no
from (values (timestamp '2026-01-05 12:00:50', 100.0, 'TCP: request_sock_TCP: Possible SYN flooding on port [::]:80. Sending cookies.', 'syn_flood', 80, 2),
  (timestamp '2026-01-04 12:00:00', 1.0, 'device eth0 entered promiscuous mode', 'promisc', null, 1)) as k (ts, boot_s, message, event, port, line_no);
update counter set value = value + 2000 * least(greatest(capture_id - 9, 0), 8) where name in ('TcpExtSyncookiesSent', 'TcpExtTCPReqQFullDoCookies');
update counter set value = value + 2 * least(greatest(capture_id - 9, 0), 8) where name = 'TcpExtSyncookiesRecv';
