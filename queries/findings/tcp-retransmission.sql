-- id: tcp-retransmission
-- title: Data was lost on the way, or came too late
-- question: Did this host have to send data again, and was it lost or only late?
-- why: Each lost segment costs its connection at least a round trip, the last one of an answer 200 ms and more; throughput falls with every loss.
-- logic:
--   Loss is (RetransSegs − TCPSynRetrans) / OrigDataSent of an interval, so handshakes do not count. It holds from `warn` on in `intervals` intervals with `segments` data segments and `repeats` repeats beyond the usual in all; above `grave` it is critical.
--   Where the host lost data before as well, it has to be `risen` times as much: a site whose clients are phones loses near `warn` on every day.
--   Segments that the peer got twice, or timers that fired for nothing, from `needless` of the repeats on mean delay and no loss; repeats held back because the segment was still in this host mean its own queue.
--   Where repeats are lost again and most repeating connections got nothing through in three tries, it is no random loss but peers or packets that do not arrive at all: then it is only told as a symptom.
-- needs: episode, metric, recording, sample, socket
-- evidence: counter
-- explains: mpm-saturated, accept-queue-overflow, last-ack-stuck, syn-recv-lost-ack
-- params:
--   warn DOUBLE 0.01 ratio loss from which it is a warning
--   grave DOUBLE 0.05 ratio loss from which it is critical
--   intervals INTEGER 2 - intervals with that loss that are needed
--   segments INTEGER 1000 segments data segments sent in these intervals that are needed
--   repeats INTEGER 50 segments repeats beyond the usual in these intervals that are needed: connections begin with ten segments in flight, so fewer can be the flights of a handful of connections
--   risen DOUBLE 2 - times the median loss before it from which it is more than the usual
--   like DOUBLE 0.5 ratio share of the worst loss from which another episode of it is part of the same story
--   part DOUBLE 0.1 ratio share of the repeats of the largest episode from which another is
--   needless DOUBLE 0.3 ratio share of repeats that were not needed from which it is delay
--   lost_again DOUBLE 0.2 ratio share of repeats lost again from which it is looked whether anything gets through
--   dead DOUBLE 0.5 ratio share of repeating connections that got nothing through from which loss is not random
--   delay DOUBLE 3 - times the smallest round-trip time from which a connection counts as delayed
-- columns: finding
-- severity: warning
-- role: cause
-- tells: captures on both ends: segments that leave here and do not arrive there
-- caveats:
--   Only what this host sends is counted: loss on the way in shows at the peers, and here as repeats of acknowledged data only.
--   Loss before and behind the nearest hop look the same from here; a capture on both ends tells where.
--   Kernels without TCPOrigDataSent (before 3.6) have no such ratio.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/snmp_counter.html
--   Linux 6.1 net/ipv4/tcp_output.c tcp_retransmit_skb, net/ipv4/tcp_input.c tcp_fastretrans_alert
with reached as (
  -- The usual loss is taken as none, so an episode may begin with what is usual here: the first interval above the threshold is the beginning.
  select e.run, e.host, min(m.ts) as onset, e.ended, e.peak
  from episode as e
  join metric as m on m.run = e.run and m.host = e.host and m.metric = e.metric and m.ts >= e.onset and m.ts <= e.peak_ts and m.value >= least($warn, e.peak)
  where e.metric = 'tcp_loss'
  group by all
),
sized as (
  select e.*, sum(m.value * s.seconds * case m.metric when 'TcpRetransSegs' then 1 else -1 end) as repeats
  from reached as e
  join metric as m on m.run = e.run and m.host = e.host and m.metric in ('TcpRetransSegs', 'TcpExtTCPSynRetrans') and m.ts >= e.onset and m.ts < coalesce(e.ended, timestamp '9999-01-01')
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  group by all
),
worst as (
  -- A lone interval a little above the others, or a handful of repeats, long before, is no beginning of it.
  select * from sized
  qualify peak >= $like * max(peak) over (partition by run, host) and repeats >= $part * max(repeats) over (partition by run, host)
),
high as (
  select run, host, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended,
    coalesce(case when bool_or(ended is null) then null else max(ended) end, timestamp '9999-01-01') as until
  from worst
  group by all
),
counted as (
  select h.run, h.host, m.metric, sum(m.value * s.seconds) as total
  from high as h
  join metric as m on m.run = h.run and m.host = h.host and m.ts >= h.onset and m.ts < h.until
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpRetransSegs', 'TcpExtTCPSynRetrans', 'TcpExtTCPOrigDataSent', 'TcpExtTCPTimeouts', 'TcpExtTCPFastRetrans', 'TcpExtTCPLostRetransmit', 'TcpExtTCPDSACKRecv',
    'TcpExtTCPSpuriousRTOs', 'TcpExtTCPSpuriousRtxHostQueues')
  group by all
),
totals as (
  select run, host,
    greatest(0, max(total) filter (metric = 'TcpRetransSegs') - coalesce(max(total) filter (metric = 'TcpExtTCPSynRetrans'), 0)) as repeats,
    max(total) filter (metric = 'TcpExtTCPSynRetrans') as handshakes,
    max(total) filter (metric = 'TcpExtTCPOrigDataSent') as originals,
    max(total) filter (metric = 'TcpExtTCPFastRetrans') as fast,
    max(total) filter (metric = 'TcpExtTCPLostRetransmit') as again,
    sum(total) filter (metric in ('TcpExtTCPDSACKRecv', 'TcpExtTCPSpuriousRTOs')) as needless,
    max(total) filter (metric = 'TcpExtTCPSpuriousRtxHostQueues') as in_own_queue
  from counted
  group by all
),
level as (
  select h.run, h.host, count(*) filter (m.metric = 'tcp_loss' and m.value >= $warn and m.ts >= h.onset and m.ts < h.until) as intervals,
    median(m.value) filter (m.metric = 'tcp_loss' and m.ts < h.onset) as usual,
    max(m.value) filter (m.metric = 'tcp_loss' and m.ts >= h.onset and m.ts < h.until) as peak,
    arg_max(m.ts, (m.value, -epoch_us(m.ts))) filter (m.metric = 'tcp_loss' and m.ts >= h.onset and m.ts < h.until) as peak_ts,
    avg(m.value) filter (m.metric = 'tcp_stalled' and m.ts >= h.onset and m.ts < h.until) as stalled,
    avg(m.value) filter (m.metric = 'tcp_repeated' and m.ts >= h.onset and m.ts < h.until) as repeated,
    sum(m.value) filter (m.metric = 'IcmpInDestUnreachs' and m.ts >= h.onset and m.ts < h.until) > 0 as unreachable
  from high as h
  join metric as m on m.run = h.run and m.host = h.host
  where m.metric in ('tcp_loss', 'tcp_stalled', 'tcp_repeated', 'IcmpInDestUnreachs') and m.dimension = ''
  group by all
),
-- A few samples with most loss are looked at socket by socket.
shown as (
  select s.capture_id, m.run, m.host
  from high as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'tcp_loss' and m.ts >= h.onset and m.ts < h.until
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  qualify row_number() over (partition by m.run, m.host order by m.value desc, m.ts) <= 5
),
connection as (
  select w.run, w.host, network(k.peer_addr) as network, coalesce(k.retrans_total, 0) as repeats, k.segs_out, k.rtt_ms, k.minrtt_ms, k.congestion
  from socket as k
  join shown as w using (capture_id)
  where k.segs_out is not null and k.state <> 'LISTEN'
),
by_network as (
  select run, host, network, sum(repeats) as repeats, sum(segs_out) as sent,
    sum(sum(repeats)) over (partition by run, host) as all_repeats, sum(sum(segs_out)) over (partition by run, host) as all_sent
  from connection
  group by run, host, network
),
where_to as (
  select run, host, network, repeats, sent, all_repeats, repeats / sent::double as rate, (all_repeats - repeats) / nullif(all_sent - sent, 0)::double as rate_elsewhere
  from by_network
  where repeats >= 0.6 * all_repeats and repeats >= 10 and repeats / sent::double >= 3 * coalesce((all_repeats - repeats) / nullif(all_sent - sent, 0)::double, 0)
  qualify row_number() over (partition by run, host order by repeats desc, network) = 1
),
delayed as (
  select run, host, count(*) filter (rtt_ms >= $delay * minrtt_ms and rtt_ms >= minrtt_ms + 50) as late, count(*) as timed, mode(congestion) as congestion
  from connection
  where minrtt_ms > 0
  group by all
),
device as (
  select h.run, h.host, bool_or(e.metric is not null) as errors
  from high as h
  left join episode as e on e.run = h.run and e.host = h.host and e.metric like 'interface_%error%' and e.onset <= h.until
  group by all
),
judged as (
  select h.*, t.* exclude (run, host), l.* exclude (run, host), w.network, w.rate, w.rate_elsewhere, d.late, d.timed, d.congestion, r.interval_s, r.last_ts,
    t.repeats / nullif(t.originals, 0) as loss,
    coalesce(t.needless >= $needless * t.repeats, false) as is_delay,
    coalesce(t.in_own_queue >= $needless * t.repeats, false) as is_local,
    coalesce(t.again >= $lost_again * t.repeats, false)
      and coalesce(l.stalled >= 3 and l.stalled >= $dead * (l.stalled + l.repeated), l.stalled is null and t.again >= $dead * t.repeats) as is_dead
  from high as h
  join recording as r using (run, host)
  join totals as t using (run, host)
  join level as l using (run, host)
  left join where_to as w using (run, host)
  left join delayed as d using (run, host)
  where l.intervals >= $intervals and t.originals >= $segments and t.repeats >= $warn * t.originals
    and t.repeats >= coalesce($risen * l.usual, 0) * t.originals and t.repeats - coalesce(l.usual, 0) * t.originals >= $repeats
)
select
  run, host, network as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when is_dead then 'info' when loss > $grave and not is_delay and not is_local then 'critical' else 'warning' end as severity,
  case when is_dead then 'symptom' else 'cause' end as role,
  case when is_dead or is_delay then 'medium' when network is not null or fast > 0.3 * repeats then 'high' else 'medium' end as confidence,
  case when is_delay then 'Delays beyond the retransmission timer' || coalesce(' towards ' || network, '') || ' made this host send ' || format('{:.1f}', 100 * loss) || ' % of its data segments twice'
    when is_local then 'A queue of this host itself held segments back for so long that ' || format('{:.1f}', 100 * loss) || ' % were due to be sent again'
    when is_dead then format('{:.1f}', 100 * loss) || ' % of the data segments were repeats of what never arrived at all'
    else format('{:.1f}', 100 * loss) || ' % of the data segments' || coalesce(' (mostly towards ' || network || ')', '') || ' were lost and sent again for ' || lasted(onset, ended, last_ts) end as headline,
  format('{:.1f}', 100 * loss) || ' % of the data segments were sent again' as consequence,
  amount(round(repeats)) || ' of ' || amount(round(originals)) || ' data segments were sent again (' || format('{:.1f}', 100 * loss) || ' %, at most ' || format('{:.1f}', 100 * peak) || ' % in an interval; before, '
    || coalesce(format('{:.2f}', 100 * usual) || ' %)', 'not recorded)')
    || coalesce('. ' || format('{:.0f}', 100 * fast / nullif(repeats, 0)) || ' % of the repeats were fast, without a timer; ' || format('{:.0f}', 100 * again / nullif(repeats, 0)) || ' % were lost again; '
      || format('{:.0f}', 100 * needless / nullif(repeats, 0)) || ' % the peer had got already', '')
    || coalesce('. Connections to ' || network || ' repeat ' || format('{:.1f}', 100 * rate) || ' % of their segments' || coalesce(', all others ' || format('{:.1f}', 100 * rate_elsewhere) || ' %', ''), '')
    || case when is_dead then coalesce('. Of the connections that repeat, ' || format('{:.0f}', 100 * stalled / (stalled + repeated)) || ' % got nothing through in three tries', '. Most repeats were lost as well')
      || ': they wait for peers or packets that do not arrive at all' else '' end || '.' as summary,
  items([
    evidence('Data segments sent again, share of those sent, handshakes left out', metric := 'tcp_loss', dimension := '', value := loss, baseline := usual, unit := 'ratio', seen := peak_ts),
    evidence('Data segments sent again', metric := 'TcpRetransSegs', dimension := '', value := round(repeats), unit := 'segments, of ' || amount(round(originals))),
    evidence('Repeats that were lost again', metric := 'TcpExtTCPLostRetransmit', dimension := '', value := again / nullif(repeats, 0), unit := 'ratio'),
    evidence('Repeats that were not needed (DSACK, spurious timers)', metric := 'TcpExtTCPDSACKRecv', dimension := '', value := needless / nullif(repeats, 0), unit := 'ratio'),
    evidence('Repeats held back because the segment was still in this host', metric := 'TcpExtTCPSpuriousRtxHostQueues', dimension := '', value := nullif(round(in_own_queue), 0), unit := 'segments'),
    evidence('Segments sent again by connections to ' || network, value := rate, baseline := rate_elsewhere, unit := 'ratio'),
    evidence('Connections whose round trip is ' || amount($delay) || ' times their smallest and more', value := nullif(late, 0), unit := 'connections, of ' || amount(timed)),
    evidence('Connections that got nothing through in three tries (mean)', metric := 'tcp_stalled', dimension := '', value := round(nullif(stalled, 0), 1), unit := 'sockets')
  ]) as evidence,
  items([
    ruled_out('pmtu-blackhole', case when not is_dead and stalled is not null then 'lost segments get through when repeated: ' || format('{:.0f}', 100 * again / repeats) || ' % of the repeats were lost again, and on average '
      || amount(round(stalled, 1)) || ' connections got nothing through in three tries' end),
    ruled_out('syn-flood', 'handshakes are not counted here' || coalesce(': ' || amount(round(handshakes)) || ' repeats of SYN and SYN-ACK were left out', '')),
    ruled_out('receiver-slow', case when coalesce(not exists (select 1 from episode as e where e.run = judged.run and e.host = judged.host and e.metric in ('tcp_unread', 'tcp_window_closed')), true) and stalled is not null
      then 'no window is closed for long: the peers take what arrives' end),
    ruled_out('nic-error-link-flap', case when not exists (select 1 from device as d where d.run = judged.run and d.host = judged.host and d.errors)
      and exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric like 'interface_%error%') then 'no interface of this host counted more errors than usual' end)
  ]) as ruled_out,
  items([
    action(case when is_dead then 'Look at the peers that do not answer, not at the loss: it is theirs.'
        when is_local then 'Look at the queue of the outgoing interface: its driver, its traffic shaping, its link speed.'
        else 'Find where packets are lost' || coalesce(' on the way to ' || network, '') || ': compare captures on both ends, then duplex, cables, MTU and the providers between.' end,
      command := case when is_local then 'tc -s qdisc; ip -s link' when not is_dead then 'ip -s link; ss -tin' || coalesce(' dst ' || network, '') || chr(10) || 'mtr -T -P 80 PEER' end,
      risk := 'none', verify := 'RetransSegs − TCPSynRetrans below 0.5 % of OrigDataSent over ten minutes'),
    action(case when not is_dead and not is_local and congestion is distinct from 'bbr' then 'Until the path is mended, a congestion control that does not take each loss for congestion keeps the throughput up'
        || coalesce(' (now ' || congestion || ')', '') || '.' end,
      command := 'sysctl -n net.ipv4.tcp_congestion_control; sysctl -w net.ipv4.tcp_congestion_control=bbr', risk := 'takes bandwidth from other connections on a shared link; the module has to be there', verify := 'delivery_rate in ss -ti')
  ]) as actions
from judged
order by run, host, onset
