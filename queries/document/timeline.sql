-- id: timeline
-- title: Events: kernel, Apache, restarts, missing answers, failing requests
-- needs: kernel_log, error_log, request, episode, sample, recording, capture
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   at_ts TIMESTAMP when
--   end_ts TIMESTAMP until when; null for a moment
--   kind VARCHAR kernel, apache, request, restart or coverage
--   severity VARCHAR critical, warning or info
--   text VARCHAR what
--   count BIGINT messages it stands for
--   member VARCHAR file
--   line_no BIGINT line
with kernel as (
  select s.run, s.host, k.ts, coalesce(k.event, k.message) as event, k.message, k.member, k.line_no,
    case when k.event in ('ct_full', 'oom_kill', 'oom_invoke', 'tx_timeout', 'tx_hang', 'hung', 'filemax', 'neigh_full') then 'critical'
      when k.event in ('syn_flood', 'link', 'orphans', 'tcp_mem', 'tw_overflow', 'segv', 'page_alloc') then 'warning' else 'info' end as severity
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event is not null and k.ts between r.log_from and r.log_until
),
apache as (
  select s.run, s.host, e.ts, e.code || coalesce(' (' || e.errno || ')', '') as event, e.message, e.member, e.line_no,
    case when e.code in ('AH00161', 'AH00484', 'AH00286', 'AH03490') then 'critical' when e.level in ('emerg', 'alert', 'crit', 'error') then 'warning' else 'info' end as severity
  from error_log as e
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where e.code is not null and e.ts between r.log_from and r.log_until
    and (e.level in ('emerg', 'alert', 'crit', 'error', 'warn')
      or e.code in ('AH00163', 'AH00489', 'AH00169', 'AH00491', 'AH00171', 'AH00493', 'AH00494', 'AH00051', 'AH00052'))
),
-- Messages of one event with less than half a minute between them are one entry.
stretched as (
  select *, sum(starts) over (partition by kind, run, host, event order by ts, line_no rows unbounded preceding) as stretch
  from (
    select *, coalesce((ts - lag(ts) over (partition by kind, run, host, event order by ts, line_no)) > interval 30 second, true)::integer as starts
    from (select 'kernel' as kind, * from kernel union all by name select 'apache' as kind, * from apache)
  )
),
logged as (
  select run, host, min(ts) as at_ts, case when count(*) > 1 then max(ts) end as end_ts, kind, any_value(severity) as severity,
    case when kind = 'apache' then event || ': ' else '' end || left(arg_min(message, (ts, line_no)), 200) as text, count(*) as count,
    arg_min(member, (ts, line_no)) as member, arg_min(line_no, (ts, line_no)) as line_no
  from stretched
  group by run, host, kind, event, stretch
),
failing as (
  select run, host, min(ts) as at_ts, max(ts) as end_ts, 'request' as kind, 'warning' as severity,
    'Requests answered ' || status || ', first and last' as text, count(*) as count, arg_min(member, (ts, line_no)) as member, arg_min(line_no, (ts, line_no)) as line_no
  from request
  where status >= 500
  group by run, host, status
),
unanswered as (
  select run, host, onset as at_ts, ended as end_ts, 'coverage' as kind, 'warning' as severity, 'mod_status does not answer' as text, 1 as count, null as member, null as line_no
  from episode
  where metric = 'status_unanswered'
),
reboot as (
  select run, host, ts as at_ts, null as end_ts, 'restart' as kind, 'warning' as severity, 'The host has booted anew' as text, 1 as count, null as member, null as line_no
  from (select run, host, ts, boot_id, lag(boot_id) over (partition by run, host order by ts) as before from capture)
  where before is not null and boot_id is distinct from before
)
select * from logged
union all by name
select * from failing
union all by name
select * from unanswered
union all by name
select * from reboot
order by at_ts, kind, host, run, text
