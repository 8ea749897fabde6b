-- id: rx-drop-nic-ring
-- title: A network card dropped packets: its receive ring was full
-- question: Did a network card have no room for packets that arrived?
-- why: The loss is below TCP: clients see retransmissions and stalls, and nothing on the host but a counter of the card says why.
-- logic:
--   A counter of the card for packets it had no room for (missed, FIFO, no buffer) grows in two intervals or more. It is critical when more than critical_share of what arrived was lost in the worst of them.
-- needs: interface_loss, recording, kernel_log, sample, nic_setting
-- evidence: interface | nic_counter
-- explains: tcp-retransmission
-- params:
--   packets DOUBLE 10 packets smallest loss in an interval that counts
--   critical_share DOUBLE 0.001 ratio share of the arriving packets from which it is critical
-- columns: finding
-- severity: critical
-- role: cause
-- tells: missed packets of the interface (ip -s -s link) growing in the same seconds
-- caveats:
--   A virtual machine sees what its host gives it: the ring that overflowed may be the host’s.
--   RX-DRP of netstat -i adds this loss to others; ip -s -s link and ethtool -S tell them apart.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/statistics.html
--   Linux 6.1 include/uapi/linux/if_link.h rx_missed_errors; net/core/net-procfs.c
with worst as (
  select run, host, interface, count(*) as intervals, sum(no_room) as lost, min(ts - to_microseconds((seconds * 1000000)::bigint)) as onset, max(ts) as last_seen,
    max(no_room / nullif(no_room + received, 0)) as share, arg_max(ts, (no_room, -epoch_us(ts))) as peak_ts, max(no_room / seconds) as rate
  from interface_loss
  where no_room >= $packets
  group by all
  having count(*) >= 2
),
ring as (
  select s.run, s.host, n.interface, max(n.value) filter (n.key = 'RX') as ring_now, max(n.maximum) filter (n.key = 'RX') as ring_most
  from nic_setting as n
  join sample as s using (capture_id)
  where n.kind = 'ring'
  group by all
),
stalled as (
  select s.run, s.host, count(*) as lines, any_value(k.message) as message
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event in ('page_alloc', 'hung') and k.ts between r.log_from and r.log_until
  group by all
)
select
  w.run, w.host, w.interface as subject, w.onset,
  case when w.last_seen < r.last_ts then w.last_seen end as ended,
  coalesce(r.interval_s, 0)::double as onset_uncertainty_s,
  case when w.share > $critical_share then 'critical' else 'warning' end as severity,
  'cause' as role,
  case when w.intervals >= 3 then 'high' else 'medium' end as confidence,
  'The network card ' || w.interface || ' had no room for ' || amount(w.lost) || ' packets that arrived' as headline,
  'the network card ' || w.interface || ' lost packets' as consequence,
  amount(w.lost) || ' packets were lost in ' || counted(w.intervals, 'interval') || ', up to ' || amount(w.rate) || ' per second'
    || coalesce(', ' || format('{:.2f}', 100 * w.share) || ' % of what arrived in the worst', '') || coalesce('. The ring has ' || g.ring_now || ' of ' || g.ring_most || ' places', '') || '.' as summary,
  items([
    evidence('Packets the card had no room for', metric := 'interface_rx_no_room', dimension := w.interface, value := w.rate, baseline := 0, unit := 'packets/s', seen := w.peak_ts),
    evidence('Lost share of what arrived, in the worst interval', value := w.share, baseline := 0, unit := 'ratio', seen := w.peak_ts),
    evidence('Kernel lines about stalls or memory at that time', value := x.lines, unit := 'lines', excerpt := x.message)
  ]) as evidence,
  items([
    ruled_out('rx-drop-softnet', 'the card’s own counter grew: the packets never reached the queue of a CPU'),
    ruled_out('rx-drop-benign', 'frames of unknown protocols are counted elsewhere: these had no place in the ring')
  ]) as ruled_out,
  items([
    action('Make the ring longer' || case when try_cast(g.ring_now as bigint) < try_cast(g.ring_most as bigint) then ': it has ' || g.ring_now || ' places and could have ' || g.ring_most else ' where the card allows it' end || ', and spread its interrupts over CPUs.',
      command := 'ethtool -g ' || w.interface || chr(10) || 'ethtool -G ' || w.interface || ' rx ' || coalesce(g.ring_most, '4096'), risk := 'the link resets for a moment',
      verify := 'ip -s -s link show ' || w.interface || ': missed stays flat at the next peak')
  ]) as actions
from worst as w
join recording as r on r.run = w.run and r.host = w.host
left join ring as g on g.run = w.run and g.host = w.host and g.interface = w.interface
left join stalled as x on x.run = w.run and x.host = w.host
order by all
