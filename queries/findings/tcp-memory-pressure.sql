-- id: tcp-memory-pressure
-- title: TCP ran low on memory
-- question: Did all TCP buffers together reach the marks of tcp_mem?
-- why: Past the pressure mark all windows shrink; past the last mark data is dropped and connections are reset, whatever memory the host has left.
-- logic:
--   TCPMemoryPressures rises, or TCP memory reaches `full` of the pressure mark tcp_mem[1], or the kernel says “out of memory”. Drops and resets alone are no proof: one full socket drops as well, and orphans are reset by the same counter.
--   The kernel’s line alone, with a pressure counter that stood still, is about another time or place and only told as info.
-- needs: episode, metric, recording, sample, kernel_log, sysctl, path, memory
-- evidence: counter | sockstat | kernel_log
-- explains: tcp-retransmission, receiver-slow, orphan-limit, accept-queue-overflow
-- params:
--   full DOUBLE 0.9 ratio TCP memory, share of tcp_mem[1], that is a warning
--   drops DOUBLE 1 segments segments dropped for lack of memory that are worth telling
-- columns: finding
-- severity: critical
-- role: cause
-- tells: mem of TCP in /proc/net/sockstat at the pressure mark in the same seconds
-- caveats:
--   TCP memory and its marks are of the whole machine, containers included.
--   “Out of socket memory” of kernels up to 3.0 means orphans or memory; the counters tell which.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_mem
--   Linux 6.1 net/core/sock.c __sk_mem_raise_allocated, net/ipv4/tcp.c tcp_enter_memory_pressure
with pressed as (
  select run, host, min(onset) as onset, max(ended) as ended, bool_or(ended is null) as open
  from episode
  where metric = 'TcpExtTCPMemoryPressures'
  group by all
),
counted as (
  select m.run, m.host, sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPMemoryPressures') as pressures,
    sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPAbortOnMemory') as aborts,
    sum(m.value * s.seconds) filter (m.metric in ('TcpExtTCPRcvQDrop', 'TcpExtTCPBacklogDrop', 'TcpExtRcvPruned')) as dropped,
    min(m.ts) filter (m.metric = 'TcpExtTCPMemoryPressures' and m.value > 0) as first_pressure,
    max(m.ts) filter (m.metric = 'TcpExtTCPMemoryPressures' and m.value > 0) as last_pressure
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpExtTCPMemoryPressures', 'TcpExtTCPAbortOnMemory', 'TcpExtTCPRcvQDrop', 'TcpExtTCPBacklogDrop', 'TcpExtRcvPruned')
  group by all
),
message as (
  select s.run, s.host, count(*) as lines, min(k.ts) as first_line, max(k.ts) as last_line, arg_min(k.message, (k.ts, k.line_no)) as text,
    arg_min(k.member, (k.ts, k.line_no)) as member, arg_min(k.line_no, (k.ts, k.line_no)) as line_no, arg_min(s.source_path, (k.ts, k.line_no)) as source_path
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'tcp_mem' and k.ts between r.log_from and r.log_until
  group by all
),
level as (
  select run, host, max(value) filter (metric = 'tcp_memory') as pages, arg_max(ts, (value, -epoch_us(ts))) filter (metric = 'tcp_memory') as pages_ts,
    quantile_cont(value, 0.25) filter (metric = 'tcp_memory') as usual,
    max(value) filter (metric = 'tcp_memory_fill') as fill, min(ts) filter (metric = 'tcp_memory_fill' and value >= $full) as full_from,
    max(ts) filter (metric = 'tcp_memory_fill' and value >= $full) as full_until
  from metric
  where metric in ('tcp_memory', 'tcp_memory_fill')
  group by all
),
limits as (
  select s.run, s.host, arg_max(string_split(regexp_replace(trim(k.value), '\s+', ' ', 'g'), ' '), s.ts) filter (k.key = 'net.ipv4.tcp_mem') as marks,
    arg_max(try_cast(regexp_extract(k.value, '(\d+)\s*$', 1) as bigint), s.ts) filter (k.key = 'net.ipv4.tcp_wmem') as wmem_most
  from sysctl as k
  join sample as s using (capture_id)
  where k.key in ('net.ipv4.tcp_mem', 'net.ipv4.tcp_wmem')
  group by all
),
ram as (
  select s.run, s.host, max(m.value_bytes) as bytes
  from memory as m
  join sample as s using (capture_id)
  where m.key = 'MemTotal'
  group by all
),
hit as (
  select r.run, r.host, r.interval_s, r.last_ts, p.onset as press_onset, p.ended as press_ended, p.open, c.* exclude (run, host), m.* exclude (run, host), l.* exclude (run, host),
    try_cast(k.marks[2] as double) as mark, try_cast(k.marks[3] as double) as hard, k.wmem_most, a.bytes as ram,
    coalesce(c.pressures >= 1, false) as entered, coalesce(l.fill >= $full, false) as is_full, coalesce(m.lines > 0, false) as said,
    least(p.onset, c.first_pressure, l.full_from, m.first_line) as onset
  from recording as r
  left join pressed as p using (run, host)
  left join counted as c using (run, host)
  left join message as m using (run, host)
  left join level as l using (run, host)
  left join limits as k using (run, host)
  left join ram as a using (run, host)
  where c.pressures >= 1 or l.fill >= $full or m.lines > 0
),
owner as (
  select h.run, h.host, case when p.outgoing then 'connections to port ' else 'connections of port ' end || p.port || coalesce(' (' || max(p.process) || ')', '') as name,
    sum(p.memory_bytes) as bytes, sum(sum(p.memory_bytes)) over (partition by h.run, h.host) as all_bytes, sum(p.sockets) as sockets
  from hit as h
  join path as p on p.run = h.run and p.host = h.host and p.ts = coalesce(h.pages_ts, h.onset)
  where p.memory_bytes is not null
  group by h.run, h.host, p.outgoing, p.port
  qualify row_number() over (partition by h.run, h.host order by sum(p.memory_bytes) desc, p.port) = 1
),
judged as (
  select h.*, said and not entered and not is_full and pressures is not null as contradicted, o.name as owner, o.bytes as owner_bytes, o.all_bytes, o.sockets as owner_sockets,
    entered::integer + is_full::integer + said::integer as sources, case when h.mark is not null then 2 ** ceil(log2(greatest(1.5 * h.pages, h.mark))) end as wanted
  from hit as h
  left join owner as o using (run, host)
)
select
  run, host, null as subject, onset,
  case when coalesce(open, false) then null
    when coalesce(greatest(press_ended, full_until, last_pressure), last_line) < last_ts then coalesce(greatest(press_ended, full_until, last_pressure), last_line) end as ended,
  coalesce(interval_s, 1)::double as onset_uncertainty_s,
  case when contradicted then 'info' when entered or said then 'critical' else 'warning' end as severity,
  case when contradicted then 'context' else 'cause' end as role,
  case when contradicted then 'low' when sources >= 2 then 'high' when entered or is_full then 'medium' else 'low' end as confidence,
  case when contradicted then 'The kernel spoke of TCP memory, and TCP of this host never ran low'
    when entered or said then 'TCP ran low on memory' || coalesce(' (' || amount(pages) || ' pages, pressure from ' || amount(mark) || ')', '')
    else 'TCP memory reached ' || format('{:.0f}', 100 * fill) || ' % of its pressure mark' end as headline,
  'TCP ran low on memory' as consequence,
  coalesce('TCP held up to ' || amount(pages) || ' pages (usual ' || amount(round(usual)) || ')' || coalesce('; the marks are ' || amount(mark) || ' and ' || amount(hard), ''), 'TCP memory was not recorded')
    || case when entered then '; pressure was entered ' || amount(round(pressures)) || ' times' when pressures < 1 then '; pressure was never entered' else '' end
    || case when dropped >= $drops then '; ' || amount(round(dropped)) || ' segments were dropped at full buffers' else '' end
    || case when aborts >= 1 then '; ' || amount(round(aborts)) || ' connections were reset' else '' end
    || case when said then '; the kernel said so in ' || counted(lines, 'line') else '' end
    || coalesce('. Most is held by ' || amount(owner_sockets) || ' ' || owner || ': ' || format('{:.0f}', 100.0 * owner_bytes / nullif(all_bytes, 0)) || ' % of what sockets here hold', '') || '.' as summary,
  items([
    evidence('Times TCP entered memory pressure', metric := 'TcpExtTCPMemoryPressures', dimension := '', value := nullif(round(pressures), 0), baseline := 0, unit := 'times', seen := press_onset),
    evidence('TCP memory', metric := 'tcp_memory', dimension := '', value := pages, baseline := usual, unit := 'pages', seen := pages_ts),
    evidence('TCP memory, share of the pressure mark', metric := 'tcp_memory_fill', dimension := '', value := fill, unit := 'ratio', seen := full_from),
    evidence('Segments dropped at full buffers', metric := 'TcpExtTCPRcvQDrop', dimension := '', value := nullif(round(dropped), 0), unit := 'segments'),
    evidence('Connections reset for lack of memory', metric := 'TcpExtTCPAbortOnMemory', dimension := '', value := nullif(round(aborts), 0), baseline := 0, unit := 'connections'),
    evidence('Kernel message', metric := 'kernel_events', dimension := 'tcp_mem', value := nullif(lines, 0), unit := 'lines', seen := first_line, capture := source_path, member := member, line := line_no, excerpt := text),
    evidence('Buffers of ' || owner, value := owner_bytes, unit := 'bytes', seen := pages_ts)
  ]) as evidence,
  items([
    ruled_out('orphan-limit', case when not contradicted and coalesce(aborts, 0) < 1 and (entered or is_full) then 'no connection was reset for it' end),
    ruled_out('receiver-slow', case when not contradicted and exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'tcp_unread')
      and not exists (select 1 from episode as e where e.run = judged.run and e.host = judged.host and e.metric = 'tcp_unread') then 'no program left more unread than usual: what is held waits to be sent' end)
  ]) as ruled_out,
  items([
    action(case when not contradicted then 'Find who holds the memory' || coalesce(': ' || amount(owner_sockets) || ' ' || owner || ' hold ' || amount(round(owner_bytes / 1048576.0, 1)) || ' MB', '') || '; a program that does not read, or peers that do not, fill it whatever its size.' end,
      command := 'ss -tnpm | sort | head', risk := 'none', verify := 'mem in /proc/net/sockstat back at ' || coalesce(amount(round(usual)), 'its usual')),
    action(case when not contradicted and hard * 4096 > ram then 'tcp_mem[2] is ' || amount(hard) || ' pages, ' || amount(round(hard * 4096 / 1073741824.0, 1)) || ' GB, more than the host has: it was written in bytes. It counts in pages.'
        when not contradicted then 'Or raise tcp_mem, which counts in pages of 4 KB' || coalesce(': the larger of 1.5 × the peak of ' || amount(pages) || ' and the mark of ' || amount(mark) || ', as a power of two, is ' || amount(wanted) || ' ('
          || amount(ceil(wanted * 4 / 1024.0)) || ' MB' || coalesce(' of ' || amount(round(ram / 1048576.0)) || ' MB', '') || ')', '') || '.' end,
      command := 'sysctl -n net.ipv4.tcp_mem' || case when wanted is not null and not coalesce(hard * 4096 > ram, false) then chr(10) || 'sysctl -w net.ipv4.tcp_mem="' || (wanted * 3 / 4)::bigint || ' ' || wanted::bigint || ' ' || (wanted * 3 / 2)::bigint || '"' else '' end,
      risk := 'memory that cannot be swapped: the host may run out as a whole', verify := 'TCPMemoryPressuresChrono stays flat'),
    action(case when not contradicted and wmem_most > 1048576 then 'Or let each connection hold less: tcp_wmem[2] is ' || amount(wmem_most) || ' bytes, so ' || amount(greatest(1, floor(mark * 4096 / wmem_most))) || ' connections that send to slow peers reach the pressure mark.' end,
      command := 'sysctl -n net.ipv4.tcp_wmem', risk := 'less throughput on fast long paths', verify := 'tcp_memory below half of the mark')
  ]) as actions
from judged
order by run, host, onset
