-- The table lost most of its entries, but so did the host its connections: the load fell, nothing was flushed.
update conntrack_fill set entries = 100 where capture_id >= 10;
update conntrack_stat set invalid = 100 * least(greatest(capture_id - 9, 0), 6);
delete from socket where capture_id >= 10 and state = 'ESTABLISHED' and (peer_addr = '10.2.0.1' or peer_port > 40001);
