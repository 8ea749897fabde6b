-- id: series
-- title: Series worth drawing
-- needs: metric, metric_info, episode
-- params:
--   points INTEGER 2000 points most points of a series; more are joined, the worst value stands
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   metric VARCHAR metric
--   dimension VARCHAR dimension
--   kind VARCHAR gauge, rate or ratio
--   unit VARCHAR unit
--   at_ms BIGINT[] milliseconds since 1970
--   value DOUBLE[] values
--   baseline DOUBLE usual value
with drawn as (
  select m.run, m.host, m.metric, m.dimension, m.kind, m.ts, m.value, i.unit, i.worse, i.usual,
    row_number() over series as n,
    count(*) over (partition by m.run, m.host, m.metric, m.dimension) as total,
    max(abs(m.value)) over (partition by m.run, m.host, m.metric, m.dimension) as most
  from metric as m
  join metric_info as i using (metric)
  where m.metric in (
    'sockets_syn_recv', 'sockets_established', 'sockets_established_unowned', 'sockets_close_wait', 'sockets_close_wait_unowned', 'sockets_last_ack',
    'sockets_fin_wait1', 'sockets_fin_wait2', 'sockets_time_wait', 'sockets_syn_sent', 'listener_queue', 'listener_limit', 'listener_fill',
    'TcpExtListenOverflows', 'TcpExtListenDrops', 'TcpExtSyncookiesSent', 'TcpExtSyncookiesRecv', 'TcpExtTCPReqQFullDoCookies', 'TcpRetransSegs',
    'TcpExtTCPSynRetrans', 'TcpExtTCPTimeouts', 'TcpActiveOpens', 'TcpPassiveOpens', 'TcpAttemptFails', 'TcpEstabResets',
    'conntrack_entries', 'conntrack_fill', 'conntrack_drop', 'conntrack_insert_failed', 'requests', 'request_error_ratio', 'request_p50', 'request_p95', 'request_p99',
    'error_lines', 'kernel_events', 'workers_busy', 'workers_idle', 'workers_limit', 'workers_letter', 'status_unanswered',
    'interface_rx_dropped', 'interface_rx_errors', 'interface_rx_missed', 'softnet_dropped', 'ports_used', 'memory_available', 'load1', 'tcp_orphans'
  )
  window series as (partition by m.run, m.host, m.metric, m.dimension order by m.ts)
),
-- A series of zeros is worth a lane for the whole host, not for every listener and destination.
kept as (select *, ((n - 1) * $points // greatest(total, $points)) as bucket from drawn where most > 0 or dimension = ''),
joined as (
  select run, host, metric, dimension, any_value(kind) as kind, any_value(unit) as unit, any_value(usual) as usual, min(ts) as ts,
    case any_value(worse) when 'down' then min(value) else max(value) end as value
  from kept
  group by run, host, metric, dimension, bucket
)
select j.run, j.host, j.metric, j.dimension, any_value(j.kind) as kind, any_value(j.unit) as unit,
  list(epoch_ms(j.ts) order by j.ts) as at_ms, list(round(j.value, 4) order by j.ts) as value,
  round(coalesce(any_value(e.baseline), any_value(j.usual), median(j.value)), 4) as baseline
from joined as j
left join (select run, host, metric, dimension, min(baseline) as baseline from episode group by all) as e using (run, host, metric, dimension)
group by j.run, j.host, j.metric, j.dimension
order by j.run, j.host, j.metric, j.dimension
