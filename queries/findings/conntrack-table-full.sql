-- id: conntrack-table-full
-- title: The conntrack table is full
-- question: Did the connection tracker refuse new connections because its table was full?
-- why: New connections are dropped before TCP sees them: clients time out while every TCP counter and Apache look idle.
-- logic:
--   The number of entries reaches `full` times the maximum, or the tracker’s drop counter rises, or the kernel says that the table is full; from `high` on it is a warning.
--   A message alone does not count when the fill of the host was measured through that time and stayed below `high`, and its drop counter stood still: the kernel log is of the whole machine.
--   What fills it is broken down by state, source and port.
-- needs: metric, recording, kernel_log, sample, conntrack, sysctl
-- evidence: conntrack_fill | conntrack_stat | kernel_log
-- explains: monitor-probe-failed
-- params:
--   full DOUBLE 0.95 ratio fill that counts as full
--   high DOUBLE 0.8 ratio fill worth a warning
--   drops DOUBLE 1 /s drop rate that counts
-- columns: finding
-- severity: critical
-- role: cause
-- tells: drop= of conntrack -S growing while nf_conntrack_count is at its maximum
-- caveats:
--   A message that names another network namespace is about that namespace’s table, with the same maximum.
--   Entries outlive their connections: a full table may be the echo of a burst or a flood.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/nf_conntrack-sysctl.html
--   Linux 6.1 net/netfilter/nf_conntrack_core.c __nf_conntrack_alloc
with fill as (
  select run, host, max(value) as peak, arg_max(ts, (value, -epoch_us(ts))) as peak_ts, min(ts) filter (value >= $high) as high_from, min(ts) filter (value >= $full) as full_from,
    min(ts) as measured_from, max(ts) as measured_until, max(ts) filter (value >= $full) as full_until, median(value) as usual, count(*) filter (value >= $full) as full_samples
  from metric
  where metric = 'conntrack_fill'
  group by all
),
dropped as (
  select m.run, m.host, min(m.ts) filter (m.value >= $drops) as first_drop, max(m.ts) filter (m.value >= $drops) as last_drop, max(m.value) as rate, sum(m.value * s.seconds) as drops
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric = 'conntrack_drop'
  group by all
),
evicted as (
  select m.run, m.host, sum(m.value * s.seconds) as early
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric = 'conntrack_early_drop'
  group by all
),
message as (
  select s.run, s.host, count(*) as lines, min(k.ts) as first_line, max(k.ts) as last_line, arg_min(k.message, (k.ts, k.line_no)) as text,
    arg_min(k.member, (k.ts, k.line_no)) as member, arg_min(k.line_no, (k.ts, k.line_no)) as line_no, arg_min(s.source_path, (k.ts, k.line_no)) as source_path
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'ct_full' and (k.ts is null or k.ts between r.log_from and r.log_until)
  group by all
),
hit as (
  select r.run, r.host, f.peak, f.peak_ts, f.usual, f.full_samples, d.drops, d.rate, e.early, m.lines, m.text, m.member, m.line_no, m.source_path, m.first_line,
    least(f.full_from, d.first_drop, m.first_line) as full_onset,
    coalesce(least(f.full_from, d.first_drop, m.first_line), f.high_from) as onset,
    greatest(f.full_until, d.last_drop, m.last_line) as last_seen,
    (f.peak >= $full)::integer + (d.rate >= $drops)::integer + (m.lines > 0)::integer as sources,
    -- The kernel log is of the whole machine: when this host's fill was measured through that time and stayed low, and its drop counter stood still, the line is about another table.
    coalesce(m.lines > 0 and f.peak < $high and d.drops < 0.5, false)
      and coalesce(seconds_between(f.measured_from, m.first_line) >= -2 - coalesce(r.interval_s, 0) and seconds_between(m.last_line, f.measured_until) >= -2 - coalesce(r.interval_s, 0), true) as is_other,
    coalesce(f.peak >= $full, false) or coalesce(d.rate >= $drops, false) or coalesce(m.lines > 0, false) as is_full,
    r.interval_s, r.last_ts
  from recording as r
  left join fill as f using (run, host)
  left join dropped as d using (run, host)
  left join evicted as e using (run, host)
  left join message as m using (run, host)
  where f.peak >= $high or d.rate >= $drops or m.lines > 0
),
-- One sample is looked at entry by entry: the fullest.
fullest as (
  select h.run, h.host, s.capture_id
  from hit as h
  join sample as s on s.run = h.run and s.host = h.host and s.ts = h.peak_ts
),
entries as (
  select f.run, f.host, count(*) as total, count(*) filter (k.assured) as assured, count(*) filter (k.unreplied) as unreplied
  from conntrack as k
  join fullest as f using (capture_id)
  group by all
),
state_share as (
  select f.run, f.host, coalesce(k.state, k.l4proto) as state, count(*) as entries
  from conntrack as k
  join fullest as f using (capture_id)
  group by all
),
states as (
  select run, host, array_to_string(list(state || ' ' || amount(entries) order by entries desc, state)[:4], ', ') as told
  from state_share
  group by all
),
source_share as (
  select f.run, f.host, k.src, count(*) as entries
  from conntrack as k
  join fullest as f using (capture_id)
  group by all
),
sources as (
  select run, host, count(*) as sources, max(entries) as most, arg_max(src, (entries, src)) as top, sum(entries) as total
  from source_share
  group by all
),
limits as (
  select s.run, s.host, max(try_cast(k.value as bigint)) filter (k.key = 'net.netfilter.nf_conntrack_max') as most,
    max(try_cast(k.value as bigint)) filter (k.key = 'net.netfilter.nf_conntrack_tcp_timeout_established') as established_s
  from sysctl as k
  join sample as s using (capture_id)
  group by all
),
opens as (
  select h.run, h.host, sum(m.value * s.seconds) filter (m.metric = 'TcpExtListenOverflows') as overflows
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'TcpExtListenOverflows'
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  group by all
),
told as (
  select h.*, t.assured, t.unreplied, t.total, st.told as states, so.sources as source_count, so.most as source_most, so.top, l.most as maximum, l.established_s, o.overflows,
    case when h.last_seen < h.last_ts - to_seconds(ceil(coalesce(h.interval_s, 0))::bigint) then h.last_seen end as ended
  from hit as h
  left join entries as t using (run, host)
  left join states as st using (run, host)
  left join sources as so using (run, host)
  left join limits as l using (run, host)
  left join opens as o using (run, host)
)
select
  run, host, null as subject, onset, ended,
  coalesce(interval_s, 1)::double as onset_uncertainty_s,
  case when is_other then 'info' when is_full then 'critical' else 'warning' end as severity,
  case when is_other then 'context' else 'cause' end as role,
  case when sources >= 2 then 'high' when coalesce(peak >= $full, false) or coalesce(rate >= $drops, false) then 'medium' else 'low' end as confidence,
  case when is_other then 'The kernel log names a full conntrack table, which is not that of this host'
    when is_full then 'The conntrack table' || coalesce(' (' || amount(maximum) || ' entries)', '') || ' was full for ' || lasted(onset, ended, last_ts) || ', and new connections were dropped'
    else 'The conntrack table was ' || format('{:.0f}', 100 * peak) || ' % full' end as headline,
  case when not is_other then 'the conntrack table filled up' end as consequence,
  case when peak is not null then 'The table was up to ' || format('{:.1f}', 100 * peak) || ' % full' || coalesce(' (usual ' || format('{:.1f}', 100 * usual) || ' %)', '') else 'Its fill was not recorded' end
    || case when round(drops) > 0 then ', ' || amount(round(drops)) || ' packets of new connections were dropped' else '' end
    || case when is_other then '; the ' || counted(lines, 'line') || ' about a full table must be about another network namespace of the machine (a container): the drop counter of this one stood still'
      when lines > 0 then ', and the kernel said so in ' || counted(lines, 'line') else '' end
    || coalesce('. At the peak: ' || states || coalesce('; ' || format('{:.0f}', 100.0 * assured / total) || ' % assured, which cannot be evicted', ''), '') || '.' as summary,
  items([
    evidence('Conntrack table, share of its maximum', metric := 'conntrack_fill', dimension := '', value := peak, baseline := usual, unit := 'ratio', seen := peak_ts),
    evidence('New connections dropped by the tracker: packets, not people', metric := 'conntrack_drop', dimension := '', value := nullif(round(drops), 0), baseline := 0, unit := 'packets'),
    evidence('"table full" lines of the kernel (rate-limited: at least)', metric := 'kernel_events', dimension := 'ct_full', value := lines, baseline := 0, unit := 'lines', seen := first_line,
      capture := source_path, member := member, line := line_no, excerpt := text),
    evidence('Entries at the peak that are assured and cannot be evicted', value := assured, unit := 'entries, of ' || amount(total)),
    evidence('Most entries of one source address: ' || top, value := source_most, unit := 'entries, of ' || amount(total))
  ]) as evidence,
  items([
    ruled_out('accept-queue-overflow', case when coalesce(overflows, 0) < 1 then 'ListenOverflows did not move: the connections were dropped before TCP saw them' end),
    ruled_out('abusive-source', case when source_most < 0.2 * total then 'no source holds more than ' || format('{:.1f}', 100.0 * source_most / total) || ' % of the entries (' || amount(source_count) || ' sources)' end),
    ruled_out('syn-flood', case when unreplied < 0.5 * total then amount(unreplied) || ' of ' || amount(total) || ' entries never got a reply; a flood leaves most of them so' end)
  ]) as ruled_out,
  items([
    action(case when not is_other then 'Make the table as large as the traffic needs' || coalesce(': 1.5 × the peak of ' || amount(maximum * peak) || ' is a lower bound, since a full table hides the demand beyond it; a host of this kind wants '
        || amount(greatest(262144, 2 ** ceil(log2(maximum * peak * 1.5)))) || ' (about ' || amount(ceil(greatest(262144, 2 ** ceil(log2(maximum * peak * 1.5))) * 320 / 1048576.0)) || ' MB)', '') || '.' end,
      command := 'sysctl -n net.netfilter.nf_conntrack_max' || chr(10) || 'sysctl -w net.netfilter.nf_conntrack_max=' || greatest(262144, coalesce(2 ** ceil(log2(maximum * peak * 1.5)), 262144))::bigint
        || chr(10) || 'sysctl -w net.netfilter.nf_conntrack_buckets=' || greatest(262144, coalesce(2 ** ceil(log2(maximum * peak * 1.5)), 262144))::bigint,
      risk := 'kernel memory, about 320 bytes an entry', verify := 'fill below 70 %, drop= of conntrack -S flat, new connections succeed'),
    action(case when not is_other then 'Or do not track what needs no tracking: the web port.' end,
      command := 'iptables -t raw -A PREROUTING -p tcp --dport 443 -j CT --notrack' || chr(10) || 'iptables -t raw -A OUTPUT -p tcp --sport 443 -j CT --notrack',
      risk := 'no state match and no NAT for that port', verify := 'entries for the port disappear'),
    action(case when is_other then 'Find the container whose table was full, if it matters: its namespace is in the message.' end, command := 'lsns -t net', risk := 'none', verify := 'conntrack -C in that namespace'),
    action(case when not is_other and established_s > 86400 then 'Let idle connections expire sooner: nf_conntrack_tcp_timeout_established is ' || amount(established_s) || ' s; 86,400 / ' || amount(established_s) || ' = ' || format('{:.0f}', 100.0 * 86400 / established_s) || ' % of that time.' end,
      command := 'sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=86400', risk := 'connections idle for longer break unless they send keepalives', verify := 'ESTABLISHED entries fall within a day')
  ]) as actions
from told
order by run, host
