-- id: ports
-- title: Outgoing ports in use, by destination
-- why: Outgoing connections to one destination share one range of local ports; when it is used up, connect() fails.
-- needs: socket_count, sysctl, sample
-- params:
--   destinations INTEGER 16 - destinations kept, most ports first
-- metrics:
--   ports_used ratio ratio up 0.6 measured Local ports used towards a destination, share of the range
with port_range as (
  select s.run, s.host,
    max(try_cast(regexp_extract(k.value, '(\d+)\s+(\d+)', 1) as integer)) as low,
    max(try_cast(regexp_extract(k.value, '(\d+)\s+(\d+)', 2) as integer)) as high
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.ipv4.ip_local_port_range'
  group by all
),
used as (
  select c.run, c.host, c.ts, c.local_addr || ' → ' || endpoint(c.peer_addr, c.peer_port) as dimension, sum(c.sockets) as sockets
  from socket_count as c
  where c.listener is null
  group by all
),
kept as (
  select run, host, dimension
  from used
  group by run, host, dimension
  qualify row_number() over (partition by run, host order by max(sockets) desc, dimension) <= $destinations
)
select u.run, u.host, u.ts, 'ports_used' as metric, u.dimension, 'ratio' as kind,
  u.sockets / (coalesce(r.high - r.low + 1, 28232))::double as value
from used as u
semi join kept using (run, host, dimension)
left join port_range as r using (run, host)
