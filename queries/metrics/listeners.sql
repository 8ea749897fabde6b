-- id: listeners
-- title: Accept queues
-- why: A full accept queue is what clients feel: their connections are not taken although the kernel works.
-- needs: socket, sample
-- metrics:
--   listener_queue sockets gauge up 5 measured Connections waiting for accept()
--   listener_limit sockets gauge none 0 measured Limit of the accept queue
--   listener_fill ratio ratio up 0.8 0 Accept queue, share of its limit
-- compare:
--   listener_queue down secondary 1 20%
--   listener_fill down secondary 0.05 10%
--   listener_limit none setting 1 0%
with queue as (
  select s.run, s.host, s.ts, endpoint(k.local_addr, k.local_port) as dimension, max(k.recv_q) as waiting, max(k.send_q) as backlog
  from socket as k
  join sample as s using (capture_id)
  where k.state = 'LISTEN' and k.local_port is not null and not is_loopback(k.local_addr)
  group by all
)
select run, host, ts, 'listener_queue' as metric, dimension, 'gauge' as kind, waiting::double as value from queue
union all
select run, host, ts, 'listener_limit', dimension, 'gauge', backlog::double from queue
union all
select run, host, ts, 'listener_fill', dimension, 'ratio', waiting / backlog::double from queue where backlog > 0
