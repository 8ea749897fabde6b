-- SYN_RECV of the same age whose SYN-ACK is sent again and again.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, 'SYN_RECV' as state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.0.' || (i % 7) as peer_addr, 30000 + i as peer_port, 6 as family, 0 as inode, 'on' as timer, 12000 as timer_ms, 3 as retrans
from range(10, 18) as t (n), range(40) as c (i);
insert into conntrack by name
select capture_id, host, ts, 'ipv4' as l3proto, 'tcp' as l4proto, 'SYN_RECV' as state, 50 as timeout_s, peer_addr as src, local_addr as dst, peer_port as sport, local_port as dport,
  local_addr as reply_src, peer_addr as reply_dst, local_port as reply_sport, peer_port as reply_dport, false as assured, false as unreplied
from socket where state = 'SYN_RECV';
