-- ListenDrops alone is not an overflow, a queue half full is not, and the probe's own listener on loopback is nobody's outage.
update counter set value = value + 300 * greatest(capture_id - 9, 0) where name = 'TcpExtListenDrops';
update socket set recv_q = 120 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 15;
update socket set recv_q = 257 where state = 'LISTEN' and local_port = 8081;
-- Six attempts dropped in one interval, and no queue seen full: a brush, not an outage.
update counter set value = value + 6 where name = 'TcpExtListenOverflows' and capture_id >= 12;
