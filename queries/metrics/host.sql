-- id: host
-- title: The host: per-CPU packet backlog, TCP totals, memory, load
-- why: What is shared by everything on the host, and ends everything when it runs out.
-- needs: softnet, sockstat, memory, load_average, sample
-- metrics:
--   softnet_dropped /s rate up 1 0 Packets dropped at a full per-CPU backlog
--   softnet_squeezed /s rate up 10 measured Times the packet budget ran out
--   tcp_orphans sockets gauge up 100 measured Orphaned sockets
--   tcp_memory pages gauge none 0 measured TCP memory
--   tcp_in_use sockets gauge none 0 measured TCP sockets in use
--   memory_available ratio ratio down 0.1 measured Memory available, share of all
--   load1 processes gauge none 0 measured Load average, one minute
-- compare:
--   softnet_dropped down primary 0.1 10%
--   memory_available up secondary 0.05 10%
with packets as (
  select s.run, s.host, s.ts, s.seconds, n.cpu, unnest(['softnet_dropped', 'softnet_squeezed']) as metric,
    unnest([n.dropped, n.time_squeeze]) as value
  from softnet as n
  join sample as s using (capture_id)
),
grown as (
  select *, value - lag(value) over series as growth, seconds_between(lag(ts) over series, ts) as elapsed
  from packets
  where value is not null
  window series as (partition by run, host, cpu, metric order by ts)
),
tcp as (
  select s.run, s.host, s.ts, k.key, max(k.value) as value
  from sockstat as k
  join sample as s using (capture_id)
  where k.protocol = 'TCP' and k.key in ('orphan', 'mem', 'inuse')
  group by all
),
ram as (
  select s.run, s.host, s.ts,
    max(m.value_bytes) filter (m.key = 'MemAvailable') as available,
    max(m.value_bytes) filter (m.key = 'MemTotal') as total
  from memory as m
  join sample as s using (capture_id)
  group by all
)
select run, host, ts, metric, '' as dimension, 'rate' as kind, sum(growth / elapsed) as value
from grown
where growth >= 0 and elapsed > 0 and seconds is not null
group by run, host, ts, metric
union all
select run, host, ts, case key when 'orphan' then 'tcp_orphans' when 'mem' then 'tcp_memory' else 'tcp_in_use' end, '', 'gauge', value::double
from tcp
union all
select run, host, ts, 'memory_available', '', 'ratio', available / total::double from ram where total > 0 and available is not null
union all
select s.run, s.host, s.ts, 'load1', '', 'gauge', l.load1
from load_average as l
join sample as s using (capture_id)
where l.load1 is not null
