-- id: slow_connection
-- title: Accepted connections on which no request was completed
-- why: A client that sends its request by drops holds a worker; only the same connection seen over many samples shows it.
-- needs: socket, sample, listener
-- params:
--   held_s DOUBLE 10 s time without a completed request from which a connection is slow
--   received_bytes INTEGER 4096 bytes most a slow client has sent in all: headers, and the handshake of TLS
--   grown_bytes INTEGER 1024 bytes most it has sent while it was watched
--   sent_bytes INTEGER 16384 bytes most it was sent: the certificates of TLS, no answers
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   local_port INTEGER port of the service
--   peer_addr VARCHAR client
--   peer_port INTEGER its port
--   first_ts TIMESTAMP first sample it was accepted in
--   last_ts TIMESTAMP last such sample
--   age_s DOUBLE from first to last
--   received_bytes BIGINT bytes received at the end
--   dribbled BOOLEAN it did send, a little at a time; false: nothing at all since it was first seen
--   silent_ms BIGINT longest time since data was last received
-- refs:
--   Bytes sent do not change while no request is completed. A connection kept alive has been answered and is silent; one that waits for a backend is silent too.
with service as (select distinct run, host, local_port from listener where not loopback),
life as (
  select s.run, s.host, k.local_port, k.peer_addr, k.peer_port, k.inode,
    min(s.ts) as first_ts, max(s.ts) as last_ts, count(*) as samples,
    min(coalesce(k.bytes_received, 0)) as received_first, max(coalesce(k.bytes_received, 0)) as received_last,
    min(coalesce(k.bytes_sent, 0)) as sent_first, max(coalesce(k.bytes_sent, 0)) as sent_last, max(k.lastrcv_ms) as silent_ms
  from socket as k
  join sample as s using (capture_id)
  join service on service.run = s.run and service.host = s.host and service.local_port = k.local_port
  -- Without a round-trip time ss ran without -i: then nothing is known of bytes.
  where k.state = 'ESTABLISHED' and k.inode > 0 and k.rtt_ms is not null
    and coalesce(k.bytes_received, 0) <= $received_bytes and coalesce(k.bytes_sent, 0) <= $sent_bytes
  group by all
  having count(*) >= 3
)
select run, host, local_port, peer_addr, peer_port, first_ts, last_ts, seconds_between(first_ts, last_ts) as age_s,
  received_last as received_bytes, received_last > received_first as dribbled, silent_ms
from life
where sent_first = sent_last and received_last - received_first <= $grown_bytes and seconds_between(first_ts, last_ts) >= $held_s
  -- Answered and silent: kept alive.
  and (received_last > received_first or sent_last = 0)
