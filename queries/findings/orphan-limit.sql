-- id: orphan-limit
-- title: Sockets without an owner reached tcp_max_orphans
-- question: Did closed connections that peers never acknowledged reach the limit for orphans?
-- why: Past the limit the kernel resets connections that were closed with data still on its way: clients lose the end of their answer.
-- logic:
--   TCPAbortOnMemory rises by `aborts` or more while the kernel names orphans or orphans are at `near` of tcp_max_orphans: critical. The kernel’s line alone, with a counter that stood still, is about another network namespace.
--   Orphans from `near` of the limit on are a warning by themselves: the kernel counts some of them twice or four times against it.
--   Resets for lack of memory as such are told from it by TCPMemoryPressures and the kernel’s “out of memory”.
-- needs: episode, metric, recording, sample, kernel_log, sysctl, path
-- evidence: counter | sockstat | kernel_log
-- explains: none
-- params:
--   aborts DOUBLE 1 /s connections reset for lack of memory or orphans that count
--   near DOUBLE 0.25 ratio orphans, share of the limit, from which it is a warning
--   few INTEGER 16 sockets fewer orphans than these do not matter
-- columns: finding
-- severity: critical
-- role: cause
-- tells: TCPAbortOnMemory growing while orphan in /proc/net/sockstat is near tcp_max_orphans
-- caveats:
--   Orphans and their limit are of the whole machine, containers included; the counter and the sockets are of one network namespace.
--   Why peers do not acknowledge is another question: a path, a firewall, or clients that are gone.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_max_orphans
--   Linux 6.1 net/ipv4/tcp.c tcp_check_oom, net/ipv4/tcp_timer.c tcp_out_of_resources
with aborted as (
  select run, host, min(onset) as onset, max(ended) as ended, bool_or(ended is null) as open, max(peak) as rate
  from episode
  where metric = 'TcpExtTCPAbortOnMemory' and peak >= $aborts
  group by all
),
counted as (
  select m.run, m.host, sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPAbortOnMemory') as aborts,
    sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPMemoryPressures') as pressures
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpExtTCPAbortOnMemory', 'TcpExtTCPMemoryPressures')
  group by all
),
message as (
  select s.run, s.host, count(*) filter (k.event = 'orphans') as lines, count(*) filter (k.event = 'tcp_mem') as memory_lines,
    min(k.ts) filter (k.event = 'orphans') as first_line, max(k.ts) filter (k.event = 'orphans') as last_line,
    arg_min(k.message, (k.ts, k.line_no)) filter (k.event = 'orphans') as text, arg_min(k.member, (k.ts, k.line_no)) filter (k.event = 'orphans') as member,
    arg_min(k.line_no, (k.ts, k.line_no)) filter (k.event = 'orphans') as line_no, arg_min(s.source_path, (k.ts, k.line_no)) filter (k.event = 'orphans') as source_path
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event in ('orphans', 'tcp_mem') and k.ts between r.log_from and r.log_until
  group by all
),
level as (
  select run, host,
    max(value) filter (metric = 'tcp_orphans') as most, arg_max(ts, (value, -epoch_us(ts))) filter (metric = 'tcp_orphans') as most_ts,
    quantile_cont(value, 0.25) filter (metric = 'tcp_orphans') as usual,
    max(value) filter (metric = 'tcp_orphan_fill') as fill, min(ts) filter (metric = 'tcp_orphan_fill' and value >= $near) as near_from,
    max(ts) filter (metric = 'tcp_orphan_fill' and value >= $near) as near_until
  from metric
  where metric in ('tcp_orphans', 'tcp_orphan_fill')
  group by all
),
limits as (
  select s.run, s.host, arg_max(try_cast(k.value as bigint), s.ts) filter (k.key = 'net.ipv4.tcp_max_orphans') as most_allowed,
    arg_max(try_cast(k.value as bigint), s.ts) filter (k.key = 'net.ipv4.tcp_orphan_retries') as retries
  from sysctl as k
  join sample as s using (capture_id)
  where k.key in ('net.ipv4.tcp_max_orphans', 'net.ipv4.tcp_orphan_retries')
  group by all
),
joined as (
  select r.run, r.host, r.interval_s, r.last_ts, a.onset as abort_onset, a.ended as abort_ended, a.open, a.rate, c.aborts, c.pressures, m.* exclude (run, host), l.most, l.most_ts, l.usual, l.fill,
    l.near_from, l.near_until, k.most_allowed, k.retries,
    a.onset is not null as reset, coalesce(m.lines > 0, false) as said,
    coalesce(l.fill >= $near, false) and l.most >= $few as is_near,
    coalesce(c.pressures >= 1, false) or coalesce(m.memory_lines > 0 and coalesce(m.lines, 0) = 0, false) as of_memory
  from recording as r
  left join aborted as a using (run, host)
  left join counted as c using (run, host)
  left join message as m using (run, host)
  left join level as l using (run, host)
  left join limits as k using (run, host)
),
hit as (
  select *, said and not reset and aborts is not null and not is_near as contradicted, least(abort_onset, near_from, first_line) as first_sign
  from joined
  where said or is_near or (reset and not of_memory and coalesce(most >= $few, true))
),
-- The limit is met at the end of a rise: it began where orphans first left what is usual.
rise as (
  select h.run, h.host, min(m.ts) as onset
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'tcp_orphans' and m.ts <= h.first_sign and m.ts >= h.first_sign - interval 300 second
    and m.value >= h.usual + 0.25 * (h.most - h.usual) and m.value >= $few
  where not h.contradicted and not exists (
    select 1 from metric as q
    where q.run = m.run and q.host = m.host and q.metric = m.metric and q.ts > m.ts and q.ts < h.first_sign and q.value < h.usual + 0.25 * (h.most - h.usual)
  )
  group by all
),
-- Who leaves them: peers whose FIN, or whose last data, is not acknowledged.
owed as (
  select p.run, p.host, p.network, sum(p.stalled) as stalled, sum(sum(p.stalled)) over (partition by p.run, p.host) as all_stalled
  from hit as h
  join path as p on p.run = h.run and p.host = h.host and p.ts = coalesce(h.most_ts, h.first_sign) and p.network <> '' and p.stalled > 0
  group by p.run, p.host, p.network
  qualify row_number() over (partition by p.run, p.host order by sum(p.stalled) desc, p.network) = 1
),
judged as (
  select h.*, coalesce(least(z.onset, h.first_sign), h.first_sign) as onset, o.network, o.stalled, o.all_stalled,
    -- Each may count four times against the limit.
    greatest(4096, 2 ** ceil(log2(4 * greatest(h.most, coalesce(h.most_allowed, 0), 1))))::bigint as wanted
  from hit as h
  left join rise as z using (run, host)
  left join owed as o using (run, host)
)
select
  run, host, null as subject, onset,
  case when coalesce(open, false) then null
    when coalesce(greatest(abort_ended, near_until), last_line) < last_ts then coalesce(greatest(abort_ended, near_until), last_line) end as ended,
  coalesce(interval_s, 1)::double as onset_uncertainty_s,
  case when contradicted then 'info' when reset and (said or is_near) then 'critical' else 'warning' end as severity,
  case when contradicted then 'context' else 'cause' end as role,
  case when contradicted then 'low' when reset and (said or is_near) then 'high' when reset or is_near then 'medium' else 'low' end as confidence,
  case when contradicted then 'The kernel spoke of too many orphaned sockets, and none of this host’s was reset'
    when reset then 'Orphaned sockets reached their limit' || coalesce(' of ' || amount(most_allowed), '') || ', and the kernel reset ' || amount(round(aborts)) || ' connections that were still closing'
    when said then 'The kernel said that there are too many orphaned sockets'
    else 'Orphaned sockets rose to ' || format('{:.0f}', 100 * fill) || ' % of tcp_max_orphans' end as headline,
  'the limit for orphaned sockets was reached' as consequence,
  coalesce('The machine had up to ' || amount(most) || ' orphaned sockets (usual ' || amount(usual) || ')' || coalesce(' of ' || amount(most_allowed) || ' allowed', ''), 'Orphans were not recorded')
    || case when reset then '; ' || amount(round(aborts)) || ' connections were reset, up to ' || amount(rate) || ' per second' when aborts < 1 then '; none was reset' else '' end
    || case when said then '; the kernel said so in ' || counted(lines, 'line') else '' end
    || coalesce('. ' || amount(stalled) || ' of ' || amount(all_stalled) || ' connections that get no answer are of ' || network, '') || '.' as summary,
  items([
    evidence('Connections reset for lack of orphans or memory', metric := 'TcpExtTCPAbortOnMemory', dimension := '', value := nullif(round(aborts), 0), baseline := 0, unit := 'connections', seen := abort_onset),
    evidence('Orphaned sockets of the machine', metric := 'tcp_orphans', dimension := '', value := most, baseline := usual, unit := 'sockets', seen := most_ts),
    evidence('Orphans, share of tcp_max_orphans', metric := 'tcp_orphan_fill', dimension := '', value := fill, unit := 'ratio', seen := near_from),
    evidence('Lines of the kernel (rate-limited: at least)', metric := 'kernel_events', dimension := 'orphans', value := nullif(lines, 0), baseline := 0, unit := 'lines', seen := first_line,
      capture := source_path, member := member, line := line_no, excerpt := text),
    evidence('Connections without an answer, most of them of ' || network, metric := 'tcp_stalled', dimension := network, value := stalled, unit := 'sockets, of ' || amount(all_stalled))
  ]) as evidence,
  items([
    ruled_out('tcp-memory-pressure', case when not contradicted and pressures < 1 then 'TCP never went past tcp_mem[1] (TCPMemoryPressures stood still)' end),
    ruled_out('close-wait-leak', case when not contradicted then 'orphans are closed by the program; what is missing is the peer’s acknowledgement' end)
  ]) as ruled_out,
  items([
    action(case when not contradicted then 'Let orphans end sooner: give up after two retries' || coalesce(' (tcp_orphan_retries is ' || retries || case when retries = 0 then ', which means 8: about 106 s each' else '' end || ')', '') || '.' end,
      command := 'sysctl -n net.ipv4.tcp_orphan_retries; sysctl -w net.ipv4.tcp_orphan_retries=2', risk := 'the end of an answer is lost for clients that are gone for some seconds', verify := 'orphan in /proc/net/sockstat back at ' || coalesce(amount(usual), 'its usual')),
    action(case when not contradicted and most_allowed is null then 'The limit was not recorded: read it, and raise it when it is below ' || amount(wanted) || ', 4 × what was seen and at least 4,096, since each orphan may count four times.'
        when not contradicted then 'Raise the limit: each orphan may count four times, so 4 × the larger of what was seen' || coalesce(' (' || amount(most) || ')', '') || ' and the limit (' || amount(most_allowed) || ')'
        || ', as a power of two and at least 4,096: ' || amount(wanted) || '.' end,
      command := 'sysctl -n net.ipv4.tcp_max_orphans' || case when most_allowed is not null then '; sysctl -w net.ipv4.tcp_max_orphans=' || wanted else '' end, risk := 'up to 64 KB of memory that cannot be swapped for each: ' || amount(ceil(wanted / 16.0)) || ' MB if all were full',
      verify := 'TCPAbortOnMemory stays flat'),
    action(case when not contradicted then 'Find out why ' || coalesce('peers in ' || network, 'the peers') || ' do not acknowledge the last packets: a firewall, a path, clients that left.' end,
      command := 'ss -tano state fin-wait-1 state closing state last-ack', risk := 'none', verify := 'no row with a timer of three retries and more')
  ]) as actions
from judged
order by run, host, onset
