-- id: timeline
-- title: The course of events: messages, restarts, changes, rises, gaps
-- needs: kernel_log, system_log, error_log, request, episode, metric_info, sample, recording, capture, coverage, setting_change, apache_status
-- params:
--   apart_s INTEGER 30 s messages of one kind with less time between them are one entry
--   parts INTEGER 40 entries most entries one kind of message is folded into
--   episodes INTEGER 25 entries most rises of series, the most unusual first
--   events INTEGER 300 entries most entries of a host; the graver first
--   gap DOUBLE 2 - intervals from which the distance of two samples is a gap
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   at_ts TIMESTAMP when
--   end_ts TIMESTAMP until when; null for a moment
--   kind VARCHAR kernel, system, apache, request, restart, setting, episode or coverage
--   severity VARCHAR critical, warning or info
--   text VARCHAR what
--   count BIGINT messages it stands for
--   capture VARCHAR capture the first of them is in
--   member VARCHAR file
--   line_no BIGINT line
--   left_out BIGINT null for an entry; otherwise this row stands for so many entries of the kind that are not listed, and at_ts and end_ts are those of the first and the last
with kernel as (
  select s.run, s.host, k.ts, 'kernel' as kind, coalesce(k.event, k.message) as event, k.message, s.source_path, k.member, k.line_no,
    case when k.event in ('ct_full', 'oom_kill', 'oom_invoke', 'tx_timeout', 'tx_hang', 'hung', 'filemax', 'neigh_full') then 'critical'
      when k.event in ('syn_flood', 'link', 'orphans', 'tcp_mem', 'tw_overflow', 'segv', 'page_alloc') then 'warning' else 'info' end as severity
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event is not null and k.ts between r.log_from and r.log_until
),
system as (
  select s.run, s.host, k.ts, case when k.event = 'service' then 'restart' else 'system' end as kind, k.event || coalesce(k.event_detail, '') as event,
    coalesce(k.program || ': ', '') || k.message as message, s.source_path, k.member, k.line_no,
    case when k.event in ('oom_user', 'service_failed') then 'critical' when k.event in ('collectd', 'curl', 'plugin', 'time_step', 'service') then 'warning' else 'info' end as severity
  from system_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event is not null and k.ts between r.log_from and r.log_until
),
apache as (
  select s.run, s.host, e.ts,
    case when e.code in ('AH00163', 'AH00489', 'AH00292', 'AH00169', 'AH00491', 'AH00295', 'AH00171', 'AH00493', 'AH00494', 'AH00297', 'AH00298', 'AH00094') then 'restart' else 'apache' end as kind,
    coalesce(e.code || coalesce(' (' || e.errno || ')', ''), e.level) as event, e.message, s.source_path, e.member, e.line_no,
    case when e.code in ('AH00161', 'AH00484', 'AH00286', 'AH03490') or e.message like '%server reached MaxClients setting%' then 'critical'
      when e.level in ('emerg', 'alert', 'crit', 'error') or e.code in ('AH00163', 'AH00489', 'AH00292', 'AH00169', 'AH00491', 'AH00051', 'AH00052') then 'warning' else 'info' end as severity
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.ts between r.log_from and r.log_until and (e.code is not null or e.message like '%server reached MaxClients setting%')
    and (e.level in ('emerg', 'alert', 'crit', 'error', 'warn')
      or e.code in ('AH00163', 'AH00489', 'AH00292', 'AH00169', 'AH00491', 'AH00295', 'AH00171', 'AH00493', 'AH00494', 'AH00297', 'AH00298', 'AH00051', 'AH00052', 'AH00094'))
),
-- Messages of one kind close to each other are one entry; in a long recording close is wider.
stretched as (
  select *, sum(starts) over (partition by kind, run, host, event order by ts, line_no rows unbounded preceding) as stretch
  from (
    select m.*, coalesce(seconds_between(lag(m.ts) over (partition by m.kind, m.run, m.host, m.event order by m.ts, m.line_no), m.ts)
      > greatest($apart_s, seconds_between(r.log_from, r.log_until) / $parts), true)::integer as starts
    from (select * from kernel union all by name select * from system union all by name select * from apache) as m
    join recording as r using (run, host)
  )
),
logged as (
  select run, host, min(ts) as at_ts, case when count(*) > 1 then max(ts) end as end_ts, kind, any_value(severity) as severity,
    case when regexp_matches(event, '^AH\d') then event || ': ' else '' end || left(arg_min(message, (ts, line_no)), 200) as text, count(*) as count,
    arg_min(source_path, (ts, line_no)) as capture, arg_min(member, (ts, line_no)) as member, arg_min(line_no, (ts, line_no)) as line_no
  from stretched
  group by run, host, kind, event, stretch
),
failing as (
  select run, host, ts, status, 'answered ' || status || ': ' || left(coalesce(method || ' ', '') || coalesce(path, '-'), 120) || coalesce(' for ' || client, '') as said, source_path, member, line_no
  from request
  where status >= 500
),
failed as (
  select run, host, min(ts) as at_ts, max(ts) as end_ts, 'request' as kind, 'warning' as severity,
    'Requests answered ' || status || ', from first to last' as text, count(*) as count,
    arg_min(source_path, (ts, line_no)) as capture, arg_min(member, (ts, line_no)) as member, arg_min(line_no, (ts, line_no)) as line_no
  from failing
  group by run, host, status
  union all
  select run, host, min(ts), null, 'request', 'warning', 'First request ' || arg_min(said, (ts, line_no)), 1,
    arg_min(source_path, (ts, line_no)), arg_min(member, (ts, line_no)), arg_min(line_no, (ts, line_no))
  from failing
  group by run, host
  union all
  select run, host, max(ts), null, 'request', 'info', 'Last request ' || arg_max(said, (ts, line_no)), 1,
    arg_max(source_path, (ts, line_no)), arg_max(member, (ts, line_no)), arg_max(line_no, (ts, line_no))
  from failing
  group by run, host
  having count(*) > 1
),
-- A series of the whole host stands for those of its listeners.
rise as (
  select e.run, e.host, e.onset as at_ts, e.ended as end_ts, 'episode' as kind, 'info' as severity,
    i.title || case when e.dimension = '' then '' else ' at ' || e.dimension end || ': from ' || amount(e.baseline * case i.unit when 'ratio' then 100 else 1 end)
      || ' to ' || amount(e.peak * case i.unit when 'ratio' then 100 else 1 end) || case i.unit when 'ratio' then ' %' else ' ' || i.unit end
      || ' (most at ' || clock(e.peak_ts) || ')' as text, 1 as count,
    row_number() over (partition by e.run, e.host order by e.score desc, e.onset, e.metric, e.dimension) as place
  from episode as e
  join metric_info as i using (metric)
  where e.metric <> 'status_unanswered'
    and (e.dimension = '' or not exists (select 1 from episode as o where o.run = e.run and o.host = e.host and o.metric = e.metric and o.dimension = '' and o.onset <= e.peak_ts and coalesce(o.ended, e.peak_ts) >= e.peak_ts))
),
unanswered as (
  select run, host, onset as at_ts, ended as end_ts, 'coverage' as kind, 'warning' as severity, 'mod_status does not answer' as text, 1 as count
  from episode
  where metric = 'status_unanswered'
),
-- A boot and a gap lie between two samples.
between_samples as (
  select c.run, c.host, c.ts, c.source_path, lag(c.ts) over series as before_ts, c.boot_id, lag(c.boot_id) over series as before_boot, c.uptime_s, r.interval_s
  from capture as c
  join recording as r using (run, host)
  window series as (partition by c.run, c.host order by c.ts, c.capture_id)
),
reboot as (
  select run, host, case when uptime_s is null then ts else greatest(before_ts, ts - to_microseconds((uptime_s * 1000000)::bigint)) end as at_ts, null::timestamp as end_ts, 'restart' as kind, 'critical' as severity,
    'The host has booted anew' || coalesce(' (up for ' || length_of(uptime_s) || ' at ' || clock(ts) || ')', '') as text, 1 as count, source_path as capture
  from between_samples
  where before_boot is not null and boot_id is distinct from before_boot
),
gap as (
  select run, host, before_ts as at_ts, ts as end_ts, 'coverage' as kind, 'warning' as severity,
    'No sample for ' || length_of(seconds_between(before_ts, ts)) || ', ' || length_of(interval_s) || ' are usual' as text, 1 as count
  from between_samples
  where seconds_between(before_ts, ts) > $gap * interval_s
),
restarted as (
  select run, host, began as at_ts, null::timestamp as end_ts, 'restart' as kind, 'warning' as severity, 'Apache has restarted, by the uptime of its status page' as text, 1 as count
  from (
    select s.run, s.host, s.ts - to_seconds(a.uptime_s) as began, lag(s.ts - to_seconds(a.uptime_s)) over (partition by s.run, s.host order by s.ts) as before
    from apache_status as a
    join sample as s using (capture_id)
    where a.uptime_s is not null
  )
  where began > before + interval 5 second
),
-- What could be read before and could not for a while.
missing as (
  select run, host, source, min(ts) as at_ts, max(ts) as end_ts, count(*) as count, any_value(status) as status
  from (
    select *, sum((not lost)::integer) over (partition by run, host, source order by ordinal) as stretch, bool_or(not lost) over (partition by run, host, source) as ever
    from (
      select s.run, s.host, s.ordinal, s.ts, c.source, min(c.status) as status, bool_and(c.status in ('failed', 'truncated', 'absent')) as lost
      from coverage as c
      join sample as s using (capture_id)
      where c.source <> 'apache-status' and c.status <> 'skipped'
      group by all
    )
  )
  where lost and ever
  group by run, host, source, stretch
),
unread as (
  select run, host, at_ts, end_ts, 'coverage' as kind, 'info' as severity, 'Could not be read: ' || string_agg(source || ' (' || status || ')', ', ' order by source) as text, any_value(count) as count
  from missing
  group by run, host, at_ts, end_ts
),
changed as (
  select run, host, ts as at_ts, null::timestamp as end_ts, 'setting' as kind, 'warning' as severity,
    left(key, 120) || case when before is null then ' was set to ' || left(after, 120) when after is null then ' (' || left(before, 120) || ') was taken out'
      else ' was changed from ' || left(before, 120) || ' to ' || left(after, 120) end || ', after ' || clock(since) as text, 1 as count,
    row_number() over (partition by run, host order by ts, key) as place
  from setting_change
),
event as (
  select * from logged
  union all by name select * from failed
  union all by name select * from rise
  union all by name select * from unanswered
  union all by name select * from reboot
  union all by name select * from restarted
  union all by name select * from gap
  union all by name select * from unread
  union all by name select * from changed
),
placed as (
  select * exclude (place), coalesce(place <= $episodes, true) as is_near
  from event
),
listed as (
  select *, is_near and row_number() over (partition by run, host, is_near order by list_position(['critical', 'warning', 'info'], severity), at_ts, kind, text) <= $events as is_listed
  from placed
)
select run, host, at_ts, end_ts, kind, severity, text, count, capture, member, line_no, null::bigint as left_out
from listed
where is_listed
union all
select run, host, min(at_ts), max(coalesce(end_ts, at_ts)), kind, severity, null, sum(count), null, null, null, count(*)
from listed
where not is_listed
group by run, host, kind, severity
order by at_ts, kind, host, run, text, left_out
