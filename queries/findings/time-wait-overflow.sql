-- id: time-wait-overflow
-- title: TIME_WAIT sockets were destroyed early
-- question: Did TIME_WAIT reach tcp_max_tw_buckets, so that the kernel cut it short?
-- why: TIME_WAIT keeps late packets of an old connection out of a new one; many of them are normal and cheap, but at the limit the protection ends.
-- logic:
--   TCPTimeWaitOverflow rises by `rate` or more, or TIME_WAIT reaches `full` of tcp_max_tw_buckets. The old kernels’ message counts only where no counter contradicts it.
--   From `many` on without reaching the limit it is said that this is no problem.
-- needs: episode, metric, recording, sample, kernel_log, sockstat, sysctl
-- evidence: counter | sockstat | kernel_log
-- explains: none
-- params:
--   rate DOUBLE 1 /s destroyed TIME_WAIT sockets a second that count
--   full DOUBLE 0.95 ratio fill that counts as full
--   many INTEGER 5000 sockets TIME_WAIT sockets from which it is worth saying that they do no harm
--   lasts INTEGER 60 s time the kernel keeps a TIME_WAIT socket (fixed)
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   Requests do not fail by it as a rule; harm comes from late packets that meet a new connection on the same ports.
--   Orphaned FIN_WAIT2 sockets count towards the same limit.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_max_tw_buckets
--   Linux 6.1 net/ipv4/inet_timewait_sock.c inet_twsk_alloc
with destroyed as (
  select e.run, e.host, min(e.onset) as onset, bool_or(e.ended is null) as open, max(e.ended) as ended, max(e.peak) as rate, arg_max(e.peak_ts, e.peak) as peak_ts
  from episode as e
  where e.metric = 'TcpExtTCPTimeWaitOverflow' and e.peak >= $rate
  group by all
),
counted as (
  select m.run, m.host, sum(m.value * s.seconds) filter (m.metric = 'TcpExtTCPTimeWaitOverflow') as total, max(m.value) filter (m.metric = 'TcpExtTW') as finished
  from metric as m
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where m.metric in ('TcpExtTCPTimeWaitOverflow', 'TcpExtTW')
  group by all
),
fill as (
  select run, host, max(value) as peak, min(ts) filter (value >= $full) as full_from, max(ts) filter (value >= $full) as full_until
  from metric
  where metric = 'time_wait_fill'
  group by all
),
held as (
  select run, host, max(value) as most, arg_max(ts, (value, -epoch_us(ts))) as most_ts, arg_min(value, ts) as at_first
  from (
    select s.run, s.host, s.ts, max(k.value) as value
    from sockstat as k
    join sample as s using (capture_id)
    where k.protocol = 'TCP' and k.key = 'tw'
    group by all
    union all
    select m.run, m.host, m.ts, m.value::bigint from metric as m
    where m.metric = 'sockets_time_wait' and m.dimension = '' and not exists (select 1 from sockstat)
  )
  group by all
),
message as (
  select s.run, s.host, count(*) as lines, min(k.ts) as first_line, max(k.ts) as last_line, arg_min(k.message, (k.ts, k.line_no)) as text,
    arg_min(k.member, (k.ts, k.line_no)) as member, arg_min(k.line_no, (k.ts, k.line_no)) as line_no, arg_min(s.source_path, (k.ts, k.line_no)) as source_path
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'tw_overflow' and k.ts between r.log_from and r.log_until
  group by all
),
limits as (
  select s.run, s.host, arg_max(try_cast(k.value as bigint), s.ts) as most
  from sysctl as k
  join sample as s using (capture_id)
  where k.key = 'net.ipv4.tcp_max_tw_buckets'
  group by all
),
-- What the limit would have to be: what is held, and what is destroyed in the time each would have been kept.
joined as (
  select r.run, r.host, r.interval_s, r.first_ts, r.last_ts, d.onset as destroyed_onset, d.open, d.ended as destroyed_ended, d.rate, d.peak_ts, c.total, f.peak as fill, f.full_from, f.full_until,
    nullif(h.most, 0) as held, h.most_ts, h.at_first, m.lines, m.first_line, m.last_line, m.text, m.member, m.line_no, m.source_path, l.most as maximum,
    greatest(1, coalesce(h.most, l.most) + coalesce(d.rate, 0) * $lasts) as needed,
    d.onset is not null as counted, coalesce(f.peak >= $full, false) as is_full,
    m.lines > 0 and c.total is null and coalesce(f.peak, 1) >= 0.5 as said
  from recording as r
  left join destroyed as d using (run, host)
  left join counted as c using (run, host)
  left join fill as f using (run, host)
  left join held as h using (run, host)
  left join message as m using (run, host)
  left join limits as l using (run, host)
),
judged as (
  select *, counted or is_full or coalesce(said, false) as hit,
    (counted::integer + is_full::integer + coalesce(said, false)::integer) as sources
  from joined
  where counted or is_full or coalesce(said, false) or held >= $many
)
select
  run, host, null as subject,
  case when hit then coalesce(least(destroyed_onset, full_from), first_line) else most_ts end as onset,
  case when not hit then most_ts
    when coalesce(open, false) then null
    when coalesce(greatest(destroyed_ended, full_until), last_line) < last_ts then coalesce(greatest(destroyed_ended, full_until), last_line) end as ended,
  coalesce(interval_s, 1)::double as onset_uncertainty_s,
  case when hit then 'warning' else 'info' end as severity,
  case when hit then 'symptom' else 'context' end as role,
  case when not hit then case when maximum is null then 'low' else 'high' end when sources >= 2 then 'high' when counted or is_full then 'medium' else 'low' end as confidence,
  case when hit then 'TIME_WAIT reached its limit' || coalesce(' of ' || amount(maximum), '') || ', and sockets in it were destroyed early'
    else amount(held) || ' sockets in TIME_WAIT did no harm' end as headline,
  'TIME_WAIT was cut short' as consequence,
  case when hit then coalesce('Up to ' || amount(held) || ' sockets were in TIME_WAIT or left half closed', 'The number in TIME_WAIT was not recorded') || coalesce(', the limit is ' || amount(maximum), '')
      || case when total >= 1 then '; ' || amount(round(total)) || ' were destroyed before their time' || coalesce(', up to ' || amount(rate) || ' per second', '') else '' end
      || case when coalesce(said, false) then '; the kernel said so in ' || counted(lines, 'line') else '' end
    else 'Up to ' || amount(held) || ' sockets were in TIME_WAIT' || coalesce(' of ' || amount(maximum) || ' allowed', '') || case when total < 1 then ', none was destroyed early' else '' end
      || ': they hold no connection, no file and about ' || amount(ceil(held * 256 / 1048576.0)) || ' MB, and each ends by itself after ' || $lasts || ' s' end || '.' as summary,
  items([
    evidence('TIME_WAIT sockets destroyed early', metric := 'TcpExtTCPTimeWaitOverflow', dimension := '', value := nullif(round(total), 0), baseline := 0, unit := 'sockets', seen := destroyed_onset),
    evidence('TIME_WAIT, share of tcp_max_tw_buckets', metric := 'time_wait_fill', dimension := '', value := fill, unit := 'ratio', seen := coalesce(full_from, most_ts)),
    evidence('Sockets in TIME_WAIT, orphaned FIN_WAIT2 included', value := held, baseline := at_first, unit := 'sockets', seen := most_ts),
    evidence('Kernel message of old kernels', value := case when hit then lines end, unit := 'lines', seen := first_line, capture := source_path, member := member, line := line_no, excerpt := case when hit then text end)
  ]) as evidence,
  items([
    ruled_out('ephemeral-port-exhaustion', case when exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'ports_used')
      and not exists (select 1 from metric as m where m.run = judged.run and m.host = judged.host and m.metric = 'ports_used' and m.value >= 0.6)
      then 'less than 60 % of the local ports towards any destination are in use; TIME_WAIT of incoming connections takes none' end)
  ]) as ruled_out,
  items([
    action(case when hit then 'Raise tcp_max_tw_buckets' || coalesce(' (now ' || amount(maximum) || ')', '') || ', or remove the line that lowered it'
        || coalesce(': ' || amount(held) || ' held + ' || amount(rate) || ' destroyed per second × ' || $lasts || ' s = ' || amount(ceil(needed)) || ' would be needed, so at least 1.5 × that: '
          || amount(greatest(16384, 2 ** ceil(log2(1.5 * needed)))) || ' (about ' || amount(ceil(greatest(16384, 2 ** ceil(log2(1.5 * needed))) * 256 / 1048576.0)) || ' MB)', '') || '.' end,
      command := 'sysctl -n net.ipv4.tcp_max_tw_buckets' || case when maximum is not null then '; sysctl -w net.ipv4.tcp_max_tw_buckets=' || greatest(16384, 2 ** ceil(log2(1.5 * needed)))::bigint else '' end,
      risk := 'about 256 bytes of kernel memory for each', verify := 'nstat -az TcpExtTCPTimeWaitOverflow stays flat'),
    action(case when not hit then 'Change nothing for it: tcp_fin_timeout does not shorten TIME_WAIT, and a lower tcp_max_tw_buckets only takes its protection away.' end, risk := 'none', verify := 'nstat -az TcpExtTCPTimeWaitOverflow stays flat')
  ]) as actions
from judged
order by run, host, onset
