-- id: nic-error-link-flap
-- title: A network link failed, flapped or damaged packets
-- question: Did a network card or its link fail?
-- why: A link that goes down takes every connection with it for seconds; a bad cable loses a few packets all the time.
-- logic:
--   The kernel says that the link of an interface went down or that its transmitter hangs, or packets arrive damaged (CRC, frame, carrier) in two intervals or more.
-- needs: kernel_log, sample, recording, interface_loss
-- evidence: kernel_log | interface
-- explains: tcp-retransmission
-- params:
--   packets DOUBLE 5 packets damaged packets in an interval that count
-- columns: finding
-- severity: critical
-- role: cause
-- tells: error counters, of the interface or of the port at its other end, that grow with each loss
-- caveats:
--   Somebody may have pulled the cable or restarted the switch on purpose.
--   Links of containers and virtual machines come and go with them; they are left out by their names.
--   A line about an interface that the recording does not list is of another network namespace, and left out.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/statistics.html
with line as (
  select s.run, s.host, s.source_path, k.ts, k.event, k.message, k.member, k.line_no, coalesce(k.event_interface, 'a network card') as interface,
    k.event in ('tx_timeout', 'tx_hang') as hangs, k.event = 'link' and lower(coalesce(k.event_detail, '')) = 'down' as down
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event in ('link', 'tx_timeout', 'tx_hang') and k.ts between r.log_from and r.log_until
    and not regexp_matches(coalesce(k.event_interface, ''), '^(veth|docker|br-|virbr|vnet|tap|tun|cali|cni|flannel)')
),
said as (
  select run, host, interface, count(*) filter (down) as downs, count(*) filter (hangs) as hangs, min(ts) filter (down or hangs) as onset, max(ts) as last_seen,
    arg_min(message, (ts, line_no)) filter (down or hangs) as message, arg_min(member, (ts, line_no)) filter (down or hangs) as member,
    arg_min(line_no, (ts, line_no)) filter (down or hangs) as line_no, arg_min(source_path, (ts, line_no)) filter (down or hangs) as source_path,
    bool_or(down or hangs) as bad
  from line
  group by all
),
damage as (
  select run, host, interface, count(*) as intervals, sum(damaged) as damaged, max(damaged / seconds) as rate, arg_max(ts, (damaged, -epoch_us(ts))) as peak_ts,
    min(ts - to_microseconds((seconds * 1000000)::bigint)) as onset, max(ts) as last_seen, sum(received) as received
  from interface_loss
  where damaged >= $packets
  group by all
  having count(*) >= 2
),
found as (
  select coalesce(a.run, d.run) as run, coalesce(a.host, d.host) as host, coalesce(a.interface, d.interface) as interface, a.downs, a.hangs, a.message, a.member, a.line_no, a.source_path,
    d.intervals, d.damaged, d.rate, d.peak_ts, d.received, least(a.onset, d.onset) as onset, greatest(a.last_seen, d.last_seen) as last_seen
  from (
    from said as x
    where bad and (interface = 'a network card' or not exists (from interface_loss as i where i.run = x.run and i.host = x.host)
      or exists (from interface_loss as i where i.run = x.run and i.host = x.host and i.interface = x.interface))
  ) as a
  full join damage as d on d.run = a.run and d.host = a.host and d.interface = a.interface
)
select
  f.run, f.host, f.interface as subject, f.onset,
  case when f.last_seen < r.last_ts - to_seconds(ceil(coalesce(r.interval_s, 0))::bigint) then f.last_seen end as ended,
  case when f.message is null then coalesce(r.interval_s, 0) else 1 end::double as onset_uncertainty_s,
  case when f.downs > 0 or f.hangs > 0 or f.damaged > 0.001 * f.received then 'critical' else 'warning' end as severity,
  'cause' as role,
  case when f.message is not null and f.damaged is not null then 'high' else 'medium' end as confidence,
  'The link of ' || f.interface || case when f.downs > 0 then ' went down' || case when f.downs > 1 then ' ' || amount(f.downs) || ' times' else '' end when f.hangs > 0 then ' hung' else ' damaged packets' end as headline,
  'the link of ' || f.interface || ' failed' as consequence,
  concat_ws('; ', case when f.downs > 0 then 'the kernel saw the link go down ' || case when f.downs = 1 then 'once' else amount(f.downs) || ' times' end end,
    case when f.hangs > 0 then 'its transmitter hung ' || counted(f.hangs, 'time') end,
    case when f.damaged is not null then amount(f.damaged) || ' packets were damaged in ' || counted(f.intervals, 'interval') || ', up to ' || amount(f.rate) || ' per second' end) || '.' as summary,
  items([
    evidence('Link failures in the kernel log', metric := 'kernel_events', dimension := 'link', value := nullif(coalesce(f.downs, 0) + coalesce(f.hangs, 0), 0), baseline := 0, unit := 'lines', seen := f.onset,
      capture := f.source_path, member := f.member, line := f.line_no, excerpt := f.message),
    evidence('Packets damaged on the wire', metric := 'interface_damaged', dimension := f.interface, value := f.rate, baseline := 0, unit := 'packets/s', seen := f.peak_ts)
  ]) as evidence,
  items([ruled_out('rx-drop-nic-ring', case when f.damaged is not null then 'the packets were damaged, not without a place' end)]) as ruled_out,
  items([
    action('Check cable, port and firmware, and what the other end of the link counted.', command := 'ethtool ' || f.interface || chr(10) || 'ip -s -s link show ' || f.interface || chr(10) || 'ethtool -S ' || f.interface,
      risk := 'none', verify := 'error counters stay flat, speed and duplex are those of the port')
  ]) as actions
from found as f
join recording as r on r.run = f.run and r.host = f.host
order by all
