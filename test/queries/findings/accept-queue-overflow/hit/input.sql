-- From 12:00:50 to 12:01:15 the queue is full, 60 overflows a second, every cookie comes back, and workers are idle.
update socket set recv_q = 257 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 15;
update counter set value = value + 300 * least(greatest(capture_id - 9, 0), 6) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops');
update counter set value = value + 100 * least(greatest(capture_id - 9, 0), 6) where name in ('TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv');
