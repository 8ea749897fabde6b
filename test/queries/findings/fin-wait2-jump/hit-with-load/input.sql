-- Twenty times the visitors for a minute, and as many more connections that wait for their last packet: the load rose, nobody is to blame.
insert into socket by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'tcp' as netid, state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, 80 as local_port,
  '10.1.' || (i // 200) || '.' || (i % 200) as peer_addr, 42000 + i as peer_port, 6 as family, case state when 'ESTABLISHED' then 70000 + i else 0 end as inode
from range(10, 20) as t (n), range(150) as c (i), (values ('ESTABLISHED'), ('FIN_WAIT2')) as s (state)
where state = 'ESTABLISHED' or i < 70;
