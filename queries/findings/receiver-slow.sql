-- id: receiver-slow
-- title: A program, or a peer, does not read what arrives for it
-- question: Did data pile up because a program of this host, or a peer, did not read it?
-- why: A full receive buffer stops the sender; it looks like a slow network, and is a program that is busy, blocked or out of memory.
-- logic:
--   A program of this host: at least `connections` accepted connections of a port hold unread data (relation path) beyond what is usual, and windows were closed for it (TCPToZeroWindowAdv) or data was dropped at a full buffer. Without these counters the sockets alone have to do; with counters that stood still it is only told as info.
--   A peer: at least `stopped` connections to a network wait with the timer persist, because its window is closed.
-- needs: episode, metric, recording, sample, path, listener, sysctl
-- evidence: counter | socket
-- explains: none
-- params:
--   connections INTEGER 3 sockets connections with unread data that are needed
--   stopped INTEGER 10 sockets connections to one network that its closed window stops
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   Why the program does not read is not seen here: it may wait for a disk, a lock, a backend or memory.
--   A transfer that just then goes faster than its program reads looks the same in one sample.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/snmp_counter.html TCPToZeroWindowAdv
--   Linux 6.1 net/ipv4/tcp_output.c tcp_select_window, tcp_send_probe0
with risen as (
  select run, host, metric = 'tcp_unread' as own, dimension, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended,
    max(peak) as peak, arg_max(peak_ts, peak) as peak_ts, min(baseline) as usual
  from episode
  where dimension <> '' and ((metric = 'tcp_unread' and peak >= $connections) or (metric = 'tcp_window_closed' and peak >= $stopped))
  group by all
),
-- Where connections add up, it began with the first ones.
began as (
  select z.run, z.host, z.own, z.dimension, min(m.ts) as first_seen
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.metric = case when z.own then 'tcp_unread' else 'tcp_window_closed' end and m.dimension = z.dimension
    and m.ts <= z.onset and m.value >= z.usual + $connections
  where not exists (
    select 1 from metric as q
    where q.run = m.run and q.host = m.host and q.metric = m.metric and q.dimension = m.dimension and q.ts > m.ts and q.ts < z.onset and q.value < z.usual + $connections
  )
  group by all
),
closed as (
  select z.run, z.host, z.own, z.dimension, count(*) as intervals,
    sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPToZeroWindowAdv') as told,
    sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPWantZeroWindowAdv') as wanted,
    sum(m.value * s.seconds) filter (m.metric in ('TcpExtTCPRcvQDrop', 'TcpExtRcvPruned')) as dropped,
    sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPWinProbe') as probes
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.ts >= z.onset and m.ts <= coalesce(z.ended, timestamp '9999-01-01')
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpExtTCPToZeroWindowAdv', 'TcpExtTCPWantZeroWindowAdv', 'TcpExtTCPRcvQDrop', 'TcpExtRcvPruned', 'TcpExtTCPWinProbe')
  group by all
),
usual_rate as (
  select z.run, z.host, z.own, z.dimension, median(m.value) as told_usual
  from risen as z
  join metric as m on m.run = z.run and m.host = z.host and m.metric = 'TcpExtTCPToZeroWindowAdv' and m.ts < z.onset
  group by all
),
held as (
  select z.run, z.host, z.own, z.dimension, sum(p.unread) as unread, sum(p.unread_bytes) as bytes, max(p.process) filter (p.unread > 0) as process,
    count(distinct p.network) filter (p.unread > 0) as networks, bool_or(p.outgoing) as outgoing, max(p.port) as port
  from risen as z
  join path as p on p.run = z.run and p.host = z.host and p.ts = z.peak_ts
    and case when z.own then case when p.outgoing then 'to port ' else 'port ' end || p.port = z.dimension else p.network = z.dimension and p.window_closed > 0 end
  group by all
),
service as (select run, host, local_port, min(listener) as listener from listener group by all),
limits as (
  select s.run, s.host, arg_max(regexp_replace(k.value, '\s+', ' ', 'g'), s.ts) as rmem
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.ipv4.tcp_rmem'
  group by all
),
judged as (
  select z.run, z.host, z.own, z.dimension, z.ended, z.peak, z.peak_ts, z.usual, least(z.onset, b.first_seen) as onset, r.interval_s, r.last_ts,
    round(c.told) as told, round(c.wanted) as wanted, round(c.dropped) as dropped, round(c.probes) as probes, u.told_usual, h.bytes, h.process, h.networks,
    case when z.own then coalesce(case when not h.outgoing then s.listener end, z.dimension) else z.dimension end as name,
    l.rmem,
    c.told is not null and coalesce(c.told, 0) + coalesce(c.wanted, 0) + coalesce(c.dropped, 0) < 1 and z.own as contradicted
  from risen as z
  join recording as r using (run, host)
  left join began as b using (run, host, own, dimension)
  left join closed as c using (run, host, own, dimension)
  left join usual_rate as u using (run, host, own, dimension)
  left join held as h using (run, host, own, dimension)
  left join service as s on s.run = z.run and s.host = z.host and s.local_port = h.port
  left join limits as l on l.run = z.run and l.host = z.host
)
select
  run, host, name as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when contradicted then 'info' else 'warning' end as severity,
  'symptom' as role,
  case when contradicted then 'low' when own and told + coalesce(wanted, 0) + coalesce(dropped, 0) >= 1 then 'high' else 'medium' end as confidence,
  case when own then coalesce('The program ' || process, 'The program') || ' at ' || name || ' left what up to ' || amount(peak) || ' connections brought it unread for ' || lasted(onset, ended, last_ts)
    else 'Peers in ' || name || ' took no more data on up to ' || amount(peak) || ' connections for ' || lasted(onset, ended, last_ts) end as headline,
  case when own then 'what clients sent to ' || name || ' was left unread' else 'peers in ' || name || ' took no more data' end as consequence,
  case when own then 'Up to ' || amount(peak) || ' connections at ' || name || ' (usual ' || amount(usual) || ') held data that no program read' || coalesce(', ' || amount(round(bytes / 1048576.0, 1)) || ' MB at the peak', '')
      || coalesce(', from ' || counted(networks, 'network'), '')
      || case when told >= 1 then '; the kernel told senders to stop ' || amount(told) || ' times' when contradicted then '; no window was closed for it, so it was read soon after' else '' end
      || case when dropped >= 1 then ' and dropped data at full buffers ' || amount(dropped) || ' times' else '' end
    else 'Up to ' || amount(peak) || ' connections to ' || name || ' (usual ' || amount(usual) || ') had data to send and a closed window of the peer' || case when probes >= 1 then '; ' || amount(probes) || ' probes asked whether it was open again' else '' end
    end || '.' as summary,
  items([
    evidence(case when own then 'Connections with unread data at ' || name else 'Connections stopped by a closed window of ' || name end, metric := case when own then 'tcp_unread' else 'tcp_window_closed' end, dimension := dimension,
      value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Unread data at the peak', value := case when own then bytes end, unit := 'bytes', seen := peak_ts),
    evidence('Times this host told a sender to stop', metric := 'TcpExtTCPToZeroWindowAdv', dimension := '', value := case when own then told end, baseline := told_usual, unit := 'times'),
    evidence('Times the window should have closed and could not be', metric := 'TcpExtTCPWantZeroWindowAdv', dimension := '', value := case when own then nullif(wanted, 0) end, unit := 'times'),
    evidence('Times data was dropped at a full receive buffer', metric := 'TcpExtTCPRcvQDrop', dimension := '', value := case when own then nullif(dropped, 0) end, unit := 'times'),
    evidence('Probes of closed windows', metric := 'TcpExtTCPWinProbe', dimension := '', value := case when not own then nullif(probes, 0) end, unit := 'probes')
  ]) as evidence,
  items([
    ruled_out('tcp-retransmission', case when exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'tcp_loss')
      and not exists (select 1 from episode as e where e.run = judged.run and e.host = judged.host and e.metric = 'tcp_loss' and e.onset <= coalesce(judged.ended, judged.last_ts))
      then 'less than 1 % of the data segments were sent again: the path carries them' end),
    ruled_out('accept-queue-overflow', case when own then 'these connections were accepted: a program owns them' end),
    ruled_out('tcp-memory-pressure', case when exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'TcpExtTCPMemoryPressures')
      and not exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'TcpExtTCPMemoryPressures' and m.value > 0)
      then 'TCP as a whole never ran low on memory: it is these sockets alone' end)
  ]) as ruled_out,
  items([
    action(case when own then 'Find out what ' || coalesce(process, 'the program at ' || name) || ' does instead of reading: processor, lock, disk, a backend it waits for.'
        else 'Find out why the peers in ' || name || ' do not read: a backend that is stuck, or clients that download slowly.' end,
      command := case when own then 'ss -tnpm sport = :' || regexp_extract(name, '(\d+)$', 1) || chr(10) || 'cat /proc/PID/stack; strace -f -p PID   # PID from ss' else 'ss -tnoi dst ' || name end,
      risk := 'strace slows the program down', verify := case when own then 'Recv-Q of its connections back at 0' else 'no timer:(persist' end),
    action(case when own then 'Larger buffers do not help a program that does not read' || coalesce(' (tcp_rmem ' || rmem || ')', '') || ': leave tcp_rmem[2] unless bandwidth × round trip is beyond it.' end, risk := 'none', verify := 'TCPToZeroWindowAdv stays flat')
  ]) as actions
from judged
order by run, host, onset, subject
