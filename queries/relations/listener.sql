-- id: listener
-- title: Listening sockets of each host
-- why: A listener is its local address and port; what listens on loopback serves the host itself and is no service.
-- needs: socket, sample
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   local_addr VARCHAR address as printed; * for any
--   local_port INTEGER port
--   listener VARCHAR address and port in one
--   wildcard BOOLEAN whether it takes connections to any local address
--   loopback BOOLEAN whether only the host itself can reach it
--   backlog BIGINT limit of its accept queue (Send-Q) when last seen
select
  s.run, s.host, k.local_addr, k.local_port,
  endpoint(k.local_addr, k.local_port) as listener,
  k.local_addr in ('*', '0.0.0.0', '::') as wildcard,
  is_loopback(k.local_addr) as loopback,
  arg_max(k.send_q, k.ts) as backlog
from socket as k
join sample as s using (capture_id)
where k.state = 'LISTEN' and k.local_port is not null
group by s.run, s.host, k.local_addr, k.local_port
