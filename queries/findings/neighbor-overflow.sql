-- id: neighbor-overflow
-- title: The neighbour table is full
-- question: Did packets to hosts of the own networks fail because the neighbour (ARP) table was full?
-- why: A packet to a neighbour whose address is not in the table cannot be sent; connections fail here and there, as if the network were sick.
-- logic:
--   The kernel says that the neighbour table overflowed. With outgoing packets that were discarded meanwhile (IpOutDiscards) it is critical; by the log alone it is a warning.
-- needs: kernel_log, sample, recording, metric, sysctl
-- evidence: kernel_log
-- explains: backend-timeout
-- params:
--   lines INTEGER 2 lines overflow lines in the recording that are needed
--   discards DOUBLE 1 /s rate of discarded outgoing packets that counts
-- columns: finding
-- severity: critical
-- role: cause
-- tells: new peers that are not reached, while those that ip neigh lists are
-- caveats:
--   The table is one for the machine: a container may have filled it.
--   The message is rate-limited: its lines are a lower bound.
--   TCP does not count what it could not send for want of a neighbour: IpOutDiscards that stands still proves nothing.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html neigh/default/gc_thresh3
--   Linux 6.1 net/core/neighbour.c neigh_alloc
with line as (
  select s.run, s.host, s.source_path, k.ts, k.message, k.member, k.line_no
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'neigh_full' and (k.ts is null or k.ts between r.log_from and r.log_until)
),
said as (
  select run, host, count(*) as lines, min(ts) as onset, max(ts) as last_seen, arg_min(message, (ts, line_no)) as message, arg_min(member, (ts, line_no)) as member,
    arg_min(line_no, (ts, line_no)) as line_no, arg_min(source_path, (ts, line_no)) as source_path
  from line
  group by all
  having count(*) >= $lines
),
discarded as (
  select m.run, m.host, max(m.value) as rate, median(m.value) as usual, max(m.value) >= $discards and max(m.value) > 3 * median(m.value) as lost, arg_max(m.ts, (m.value, -epoch_us(m.ts))) as peak_ts
  from metric as m
  join said as a on a.run = m.run and a.host = m.host
  where m.metric = 'IpOutDiscards'
  group by all
),
limits as (
  select s.run, s.host, arg_max(k.value, s.ts) as most from sysctl as k join sample as s using (capture_id) where k.key = 'net.ipv4.neigh.default.gc_thresh3' group by all
)
select
  a.run, a.host, null as subject, a.onset,
  case when a.last_seen < r.last_ts - to_seconds(ceil(coalesce(r.interval_s, 0))::bigint) then a.last_seen end as ended,
  1.0 as onset_uncertainty_s,
  case when d.lost then 'critical' else 'warning' end as severity, 'cause' as role,
  case when d.lost then 'high' else 'low' end as confidence,
  'The neighbour table' || coalesce(' (' || l.most || ' entries)', '') || ' was full' || case when d.lost then ', and packets to hosts of the own networks were discarded' else '' end as headline,
  'the neighbour table filled up' as consequence,
  'The kernel said so in ' || counted(a.lines, 'line') || ' (rate-limited: at least) between ' || clock(a.onset) || ' and ' || clock(a.last_seen)
    || case when d.lost then '; up to ' || amount(d.rate) || ' outgoing packets per second were discarded (usual ' || amount(d.usual) || ')' else '' end || '.' as summary,
  items([
    evidence('"neighbor table overflow" lines of the kernel (rate-limited: at least)', metric := 'kernel_events', dimension := 'neigh_full', value := a.lines, baseline := 0, unit := 'lines', seen := a.onset,
      capture := a.source_path, member := a.member, line := a.line_no, excerpt := a.message),
    evidence('Outgoing packets discarded', metric := 'IpOutDiscards', dimension := '', value := d.rate, baseline := d.usual, unit := 'packets/s', seen := d.peak_ts)
  ]) as evidence,
  items([ruled_out('conntrack-table-full', case when not exists (select 1 from metric as m where m.run = a.run and m.host = a.host and m.metric = 'conntrack_fill' and m.value >= 0.8)
    and exists (select 1 from metric as m where m.run = a.run and m.host = a.host and m.metric = 'conntrack_fill') then 'the conntrack table had room' end)]) as ruled_out,
  items([
    action('Let the table hold the neighbours there are' || coalesce(': the limit is ' || l.most || ', and 16,384 is ' || amount(round(16384 / try_cast(l.most as double), 1)) || ' × that', '') || '; find out who asks for so many (a scan of a large flat network), and route instead.',
      command := 'ip -s neigh | wc -l' || chr(10) || 'sysctl -w net.ipv4.neigh.default.gc_thresh1=4096 net.ipv4.neigh.default.gc_thresh2=8192 net.ipv4.neigh.default.gc_thresh3=16384',
      risk := 'kernel memory, about 512 bytes an entry: 16,384 × 512 = 8 MB; the same keys exist for net.ipv6', verify := 'the message stops, and IpOutDiscards stays flat')
  ]) as actions
from said as a
join recording as r on r.run = a.run and r.host = a.host
left join discarded as d on d.run = a.run and d.host = a.host
left join limits as l on l.run = a.run and l.host = a.host
order by all
