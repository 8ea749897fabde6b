-- id: rx-drop-softnet
-- title: Packets were dropped at a CPU’s receive queue
-- question: Did the per-CPU packet queue overflow?
-- why: The kernel drops what one CPU cannot take in time, although the card delivered it and other CPUs may be idle.
-- logic:
--   The drop column of /proc/net/softnet_stat grows by `packets` or more in two intervals. The CPU that lost most is named; that its budget ran out as well says that it was short of time.
-- needs: softnet, sample, recording, sysctl
-- evidence: softnet
-- explains: tcp-retransmission
-- params:
--   packets DOUBLE 5 packets smallest loss in an interval that counts
-- columns: finding
-- severity: warning
-- role: cause
-- tells: the second column of /proc/net/softnet_stat growing in the same seconds
-- caveats:
--   Only what passes this queue is counted: RPS, loopback, veth, tunnels and drivers without NAPI.
--   Where containers run, their traffic passes it too.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/scaling.html
--   Linux 6.1 net/core/dev.c enqueue_to_backlog
with grown as (
  select s.run, s.host, s.ts, case when s.seconds is not null then seconds_between(lag(s.ts) over series, s.ts) end as seconds, n.cpu,
    n.dropped - lag(n.dropped) over series as dropped, n.time_squeeze - lag(n.time_squeeze) over series as squeezed, n.processed - lag(n.processed) over series as processed
  from softnet as n
  join sample as s using (capture_id)
  window series as (partition by s.run, s.host, n.cpu order by s.ts)
),
interval_loss as (
  select run, host, ts, any_value(seconds) as seconds, sum(dropped) as dropped, sum(processed) as processed
  from grown
  where dropped >= 0 and seconds > 0
  group by all
),
per_cpu as (
  select run, host, cpu, sum(dropped) as dropped, sum(squeezed) filter (squeezed >= 0) as squeezed from grown where dropped > 0 and seconds > 0 group by all
),
worst_cpu as (
  select run, host, arg_max(cpu, (dropped, -cpu)) as cpu, max(dropped) as most, sum(dropped) as total, arg_max(squeezed, (dropped, -cpu)) as squeezed from per_cpu group by all
),
loss as (
  select run, host, count(*) as intervals, sum(dropped) as lost, max(dropped / seconds) as rate, arg_max(ts, (dropped, -epoch_us(ts))) as peak_ts,
    max(dropped / nullif(dropped + processed, 0)) as share, max((dropped + processed) / seconds) as offered, min(ts - to_microseconds((seconds * 1000000)::bigint)) as onset, max(ts) as last_seen
  from interval_loss
  where dropped >= $packets
  group by all
  having count(*) >= 2
),
backlog as (
  select s.run, s.host, arg_max(k.value, s.ts) as packets from sysctl as k join sample as s using (capture_id) where k.key = 'net.core.netdev_max_backlog' group by all
)
select
  l.run, l.host, 'CPU ' || c.cpu as subject, l.onset,
  case when l.last_seen < r.last_ts then l.last_seen end as ended,
  coalesce(r.interval_s, 0)::double as onset_uncertainty_s,
  'warning' as severity, 'cause' as role,
  case when l.intervals >= 3 then 'high' else 'medium' end as confidence,
  amount(l.lost) || ' packets were dropped at the receive queue of a CPU' as headline,
  'packets were dropped at the receive queue of a CPU' as consequence,
  amount(l.lost) || ' packets did not fit into the queue between driver and network stack in ' || counted(l.intervals, 'interval') || ', up to ' || amount(l.rate) || ' per second; '
    || format('{:.0f}', 100.0 * c.most / c.total) || ' % of them on CPU ' || c.cpu || case when c.squeezed > 0 then ', whose time also ran out ' || amount(c.squeezed) || ' times' else '' end || '.' as summary,
  items([
    evidence('Packets dropped at the per-CPU queue', metric := 'softnet_dropped', dimension := '', value := l.rate, baseline := 0, unit := 'packets/s', seen := l.peak_ts),
    evidence('Lost share of the packets in the worst interval', value := l.share, baseline := 0, unit := 'ratio', seen := l.peak_ts),
    evidence('Times the budget of CPU ' || c.cpu || ' ran out meanwhile', metric := 'softnet_squeezed', dimension := '', value := c.squeezed, unit := 'times')
  ]) as evidence,
  items([
    ruled_out('rx-drop-nic-ring', 'the card had delivered them: they were dropped after it'),
    ruled_out('rx-drop-benign', 'frames nobody wants are not counted here')
  ]) as ruled_out,
  items([
    action('Spread the work over CPUs (interrupts of the queues, RPS), and let the queue hold bursts' || coalesce(': it holds ' || b.packets || ' packets now', '')
        || coalesce('; at the ' || amount(l.offered) || ' packets/s of the worst interval 5,000 places are 5,000 / ' || amount(l.offered) || ' = ' || amount(round(5e6 / l.offered)) || ' ms', '') || '.',
      command := 'sysctl -n net.core.netdev_max_backlog' || chr(10) || 'sysctl -w net.core.netdev_max_backlog=5000' || chr(10) || 'sysctl -w net.core.netdev_budget=600',
      risk := 'a longer queue adds delay when it fills', verify := 'the second column of /proc/net/softnet_stat stays flat')
  ]) as actions
from loss as l
join worst_cpu as c on c.run = l.run and c.host = l.host
join recording as r on r.run = l.run and r.host = l.host
left join backlog as b on b.run = l.run and b.host = l.host
order by all
