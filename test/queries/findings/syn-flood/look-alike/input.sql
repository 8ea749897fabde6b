-- An honest burst: the queues are full and cookies are sent, and as many come back; conntrack saw the ACKs, and the peers are known from the access log.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'SYN_RECV' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || i % 7 as peer_addr, 1024 + i as peer_port, 6 as family, 0 as inode
from range(10, 18) as t (n), range(257) as c (i);
insert into conntrack by name
select capture_id, host, ts, 'ipv4' as l3proto, 'tcp' as l4proto, 'ESTABLISHED' as state, 290 as timeout_s, peer_addr as src, local_addr as dst, peer_port as sport, local_port as dport,
  local_addr as reply_src, peer_addr as reply_dst, local_port as reply_sport, peer_port as reply_dport, true as assured, false as unreplied
from socket where state = 'SYN_RECV';
update socket set recv_q = 257 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 17;
update counter set value = value + 500 * least(greatest(capture_id - 9, 0), 8) where name in ('TcpExtListenOverflows', 'TcpExtListenDrops', 'TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv', 'TcpExtTCPReqQFullDoCookies');
