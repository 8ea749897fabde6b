-- id: transport
-- title: Loss, stalled and unread connections, limits of TCP
-- why: What happens below the requests: data that is sent again, bytes nobody takes, and the limits of the kernel for all of TCP.
-- needs: path, sample, counter, sockstat, sysctl, metric_info
-- params:
--   segments INTEGER 100 segments data segments in an interval that make a ratio worth stating
--   networks INTEGER 32 - networks kept, most stalled connections first
-- metrics:
--   tcp_loss ratio rate up 0.01 0 Data segments sent again, share of those sent
--   tcp_repeated sockets gauge none 0 measured Connections with a segment sent again once or twice
--   tcp_stalled sockets gauge up 5 measured Connections whose segment was sent again three times or more
--   tcp_stalled_data sockets gauge up 5 measured Stalled connections with a full segment or more to send
--   tcp_window_closed sockets gauge up 10 measured Connections whose peer takes no more data
--   tcp_unread sockets gauge up 3 measured Connections whose data the program does not read
--   tcp_orphan_fill ratio ratio up 0.25 0 Orphaned sockets, share of tcp_max_orphans
--   tcp_memory_fill ratio ratio up 0.9 0 TCP memory, share of the pressure mark tcp_mem[1]
--   time_wait_fill ratio ratio up 0.95 0 TIME_WAIT, share of tcp_max_tw_buckets
-- compare:
--   tcp_loss down secondary 0.001 20% weighted TcpExtTCPOrigDataSent
--   tcp_orphan_fill down secondary 0.05 10%
--   tcp_memory_fill down secondary 0.05 10%
--   time_wait_fill down secondary 0.05 10%
with wanted as (
  select s.run, s.host, s.ts, s.seconds, s.previous_ts,
    max(c.value) filter (c.name = 'TcpRetransSegs') as repeated,
    max(c.value) filter (c.name = 'TcpExtTCPSynRetrans') as handshakes,
    max(c.value) filter (c.name = 'TcpExtTCPOrigDataSent') as original
  from counter as c
  join sample as s using (capture_id)
  where c.name in ('TcpRetransSegs', 'TcpExtTCPSynRetrans', 'TcpExtTCPOrigDataSent')
  group by all
),
grown as (
  select *,
    repeated - lag(repeated) over series as repeats,
    coalesce(handshakes - lag(handshakes) over series, 0) as of_handshakes,
    original - lag(original) over series as originals
  from wanted
  window series as (partition by run, host order by ts)
),
worst as (
  select run, host, network
  from path
  where network <> ''
  group by run, host, network
  qualify row_number() over (partition by run, host order by sum(stalled) desc, network) <= $networks
),
kept as (
  select run, host, capture_id, '' as dimension, repeated, stalled, stalled_data, window_closed, unread from path
  union all
  select run, host, capture_id, network, 0, stalled, stalled_data, window_closed, 0 from path semi join worst using (run, host, network)
  union all
  select run, host, capture_id, case when outgoing then 'to port ' else 'port ' end || port, 0, 0, 0, 0, unread from path where unread > 0
),
summed as (
  select run, host, capture_id, dimension, unnest(['tcp_repeated', 'tcp_stalled', 'tcp_stalled_data', 'tcp_window_closed', 'tcp_unread']) as metric,
    unnest([sum(repeated), sum(stalled), sum(stalled_data), sum(window_closed), sum(unread)]) as value
  from kept
  group by run, host, capture_id, dimension
),
-- A sample without such a connection is a zero.
series as (
  select run, host, dimension, metric from summed group by all having sum(value) > 0
  union
  select distinct p.run, p.host, '', m.metric
  from path as p, metric_info as m
  where m.query = 'transport' and (m.metric like 'tcp_stalled%' or m.metric in ('tcp_repeated', 'tcp_window_closed', 'tcp_unread'))
),
seen as (select distinct capture_id from path),
tcp as (
  select s.run, s.host, s.ts, k.key, max(k.value) as value
  from sockstat as k
  join sample as s using (capture_id)
  where k.protocol = 'TCP' and k.key in ('orphan', 'mem', 'tw')
  group by all
),
limits as (
  select s.run, s.host, case k.key when 'net.ipv4.tcp_max_orphans' then 'orphan' when 'net.ipv4.tcp_mem' then 'mem' else 'tw' end as key,
    arg_max(try_cast(case when k.key = 'net.ipv4.tcp_mem' then string_split(regexp_replace(k.value, '\s+', ' ', 'g'), ' ')[2] else k.value end as double), s.ts) as most
  from sysctl as k
  join sample as s using (capture_id)
  where k.key in ('net.ipv4.tcp_max_orphans', 'net.ipv4.tcp_mem', 'net.ipv4.tcp_max_tw_buckets')
  group by all
)
select run, host, ts, 'tcp_loss' as metric, '' as dimension, 'rate' as kind, greatest(0, repeats - of_handshakes) / originals::double as value
from grown
where seconds is not null and originals >= $segments and repeats >= 0
union all
select s.run, s.host, s.ts, series.metric, series.dimension, 'gauge', coalesce(summed.value, 0)::double
from sample as s
semi join seen using (capture_id)
join series using (run, host)
left join summed on summed.capture_id = s.capture_id and summed.metric = series.metric and summed.dimension = series.dimension
union all
select t.run, t.host, t.ts, case t.key when 'orphan' then 'tcp_orphan_fill' when 'mem' then 'tcp_memory_fill' else 'time_wait_fill' end, '', 'ratio', t.value / l.most
from tcp as t
join limits as l using (run, host, key)
where l.most > 0
