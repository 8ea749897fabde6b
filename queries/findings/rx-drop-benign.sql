-- id: rx-drop-benign
-- title: Received frames that nobody wanted are counted as drops
-- question: Is the drop counter of an interface rising without a loss?
-- why: rx_dropped also counts frames of protocols and VLANs the host does not know; it has sent people looking for a loss that is none.
-- logic:
--   rx_dropped of an interface grows steadily, by less than `most` a second and in at least half of the intervals, while the card’s ring (whose counter has to be there) stays still, and what the per-CPU queues dropped or the wire damaged is less than `other` of it.
-- needs: interface_loss, metric, recording, sample
-- evidence: interface
-- explains: none
-- params:
--   most DOUBLE 50 /s drop rate up to which it can be such frames
--   other DOUBLE 0.05 ratio share of the drops up to which full per-CPU queues and damaged packets are beside the point
-- columns: finding
-- severity: info
-- role: context
-- caveats:
--   Without the packets themselves it is an inference: nothing else was lost at the same time.
-- refs:
--   Linux 6.1 net/core/dev.c __netif_receive_skb_core
with loss as (
  select run, host, interface, count(*) as intervals, count(*) filter (dropped > 0) as with_drops, sum(dropped) as dropped, max(dropped / seconds) as rate, median(dropped / seconds) as usual,
    coalesce(sum(no_room), 0) as no_room, bool_and(ring_known) as ring_known, coalesce(sum(damaged), 0) as damaged, min(ts) filter (dropped > 0) as onset, max(ts) filter (dropped > 0) as last_seen
  from interface_loss
  where dropped is not null
  group by all
),
queue as (
  select m.run, m.host, sum(m.value * s.seconds) as dropped from metric as m join sample as s using (run, host, ts) where m.metric = 'softnet_dropped' group by all
)
select
  l.run, l.host, l.interface as subject, l.onset,
  case when l.last_seen < r.last_ts - to_seconds(ceil(coalesce(r.interval_s, 0))::bigint) then l.last_seen end as ended,
  coalesce(r.interval_s, 0)::double as onset_uncertainty_s,
  'info' as severity, 'context' as role,
  case when q.dropped is null then 'low' else 'medium' end as confidence,
  'The drop counter of ' || l.interface || ' rises by frames nobody wanted' as headline,
  null::varchar as consequence,
  'rx_dropped of ' || l.interface || ' grew by ' || amount(l.dropped) || ', ' || amount(l.usual) || ' per second in the median, while the card missed no packet' || case when l.damaged = 0 then ' and none was damaged' else ', ' || amount(l.damaged) || ' were damaged' end
    || case when q.dropped is null then '' when round(q.dropped) = 0 then ' and no CPU queue overflowed' else ' and the CPU queues dropped ' || amount(round(q.dropped)) end
    || ': frames of protocols or VLANs this host does not know are counted so.' as summary,
  items([evidence('Received packets dropped, median', metric := 'interface_rx_dropped', dimension := l.interface, value := l.usual, unit := 'packets/s', seen := l.onset)]) as evidence,
  items([
    ruled_out('rx-drop-nic-ring', 'the card’s counters of missed packets did not move'),
    ruled_out('rx-drop-softnet', case when round(q.dropped) = 0 then 'no CPU queue overflowed' else 'the CPU queues dropped ' || amount(round(q.dropped)) || ' packets, of ' || amount(l.dropped) end)
  ]) as ruled_out,
  items([action('Nothing. To be sure, watch the counter while a capture runs: it then pauses.', command := 'timeout 60 tcpdump -ni ' || l.interface || ' -w /dev/null', risk := 'some CPU for a minute', verify := 'rx_dropped stands still meanwhile')]) as actions
from loss as l
join recording as r on r.run = l.run and r.host = l.host
left join queue as q on q.run = l.run and q.host = l.host
where l.dropped >= 10 and l.rate < $most and l.with_drops >= 0.5 * l.intervals and l.intervals >= 3 and l.ring_known and l.no_room = 0 and l.damaged + coalesce(q.dropped, 0) <= $other * l.dropped
order by all
