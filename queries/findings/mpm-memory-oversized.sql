-- id: mpm-memory-oversized
-- title: Apache may start more workers than the memory holds
-- question: Do the workers that the configuration allows fit into the memory of the host?
-- why: A host that swaps or kills its workers is slower than one that makes visitors wait for a free one.
-- logic:
--   Children allowed × the 95th percentile of their memory + a reserve > memory of the host. The reserve is the largest of reserve_share of the memory, and TCP's pressure mark with what other processes hold.
--   With PSS (shared pages divided among their users) that is a warning. RSS counts shared pages in every child and gives an upper bound only: told, and a warning only where the host also swapped or killed processes for lack of memory.
-- needs: process, memory, setting, sysctl, kernel_log, worker_state, sample, recording
-- evidence: process, memory
-- explains: mpm-saturated, backend-timeout, backend-refused
-- params:
--   reserve_share DOUBLE 0.2 ratio share of the memory kept for the kernel, the page cache and others
--   swapped_bytes INTEGER 67108864 bytes growth of used swap within the recording that shows a lack of memory
--   children INTEGER 3 processes children that have to be seen for their size to count
-- columns: finding
-- severity: warning
-- role: cause
-- tells: swapping, or a process killed for memory, before the first worker was slow
-- caveats:
--   RSS is an upper bound: children share the program, its modules and what was read before the fork.
--   Children grow with what they serve; the size seen in a quiet hour is less than that of a busy one.
--   In a container the limit of its control group counts, which is not recorded here.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mpm_common.html#maxrequestworkers; proc(5) smaps_rollup
with configured as (
  select s.run, s.host, lower(t.key) as name, arg_max(try_cast(t.value as bigint), s.ts) as value
  from setting as t
  join sample as s using (capture_id)
  where coalesce(t.scope, '-') = '-' and lower(t.key) in ('maxrequestworkers', 'maxclients', 'serverlimit', 'threadsperchild')
  group by all
),
mpm as (
  select s.run, s.host, arg_max(t.value, s.ts) as mpm from setting as t join sample as s using (capture_id) where t.key = 'Server MPM' group by all
),
allowed as (
  select r.run, r.host, m.mpm, coalesce(max(c.value) filter (c.name in ('maxrequestworkers', 'maxclients')), any_value(w.workers_limit)::bigint) as workers,
    coalesce(max(c.value) filter (c.name = 'threadsperchild'), 25) as threads
  from recording as r
  left join configured as c using (run, host)
  left join mpm as m using (run, host)
  left join worker_state as w using (run, host)
  group by all
),
-- The parent serves nobody: a child is an Apache whose parent is one.
child as (
  select s.run, s.host, s.ts, p.pid, p.pss_bytes, p.rss_bytes
  from process as p
  join sample as s using (capture_id)
  semi join process as q on q.capture_id = p.capture_id and q.pid = p.ppid and regexp_matches(q.command, '(^|/)(apache2|httpd)\b')
  where regexp_matches(p.command, '(^|/)(apache2|httpd)\b') and p.tid is null
),
size as (
  select run, host, count(distinct pid) as seen, quantile_cont(pss_bytes, 0.95) as pss, quantile_cont(rss_bytes, 0.95) as rss, median(coalesce(pss_bytes, rss_bytes)) as usual
  from child
  group by all
),
other as (
  select run, host, median(bytes) as bytes
  from (
    select s.run, s.host, p.capture_id, sum(coalesce(p.pss_bytes, p.rss_bytes)) as bytes
    from process as p
    join sample as s using (capture_id)
    where not regexp_matches(p.command, '(^|/)(apache2|httpd)\b') and p.tid is null
    group by all
  )
  group by all
),
ram as (
  select s.run, s.host, max(m.value_bytes) filter (m.key = 'MemTotal') as total, min(m.value_bytes) filter (m.key = 'MemAvailable') as least_available,
    max(m.value_bytes) filter (m.key = 'SwapTotal') as swap,
    max(m.value_bytes) filter (m.key = 'SwapFree') - min(m.value_bytes) filter (m.key = 'SwapFree') as swapped, arg_min(s.ts, m.value_bytes) filter (m.key = 'SwapFree') as swapped_ts
  from memory as m
  join sample as s using (capture_id)
  where m.key in ('MemTotal', 'MemAvailable', 'SwapTotal', 'SwapFree')
  group by all
),
tcp as (
  select s.run, s.host, max(4096 * try_cast(regexp_extract(k.value, '^\d+\s+(\d+)', 1) as bigint)) as pressure
  from sysctl as k join sample as s using (capture_id) where k.key = 'net.ipv4.tcp_mem' group by all
),
killed as (
  select s.run, s.host, min(k.ts) as ts, count(*) as lines, count(*) filter (regexp_matches(coalesce(k.event_detail, ''), 'apache2|httpd|php')) as of_apache,
    count(*) filter (k.message like '%cgroup%') as of_cgroup, arg_min(k.message, (k.ts, k.line_no)) as message, arg_min(s.source_path, (k.ts, k.line_no)) as source_path,
    arg_min(k.member, (k.ts, k.line_no)) as member, arg_min(k.line_no, (k.ts, k.line_no)) as line_no
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'oom_kill' and k.ts between r.log_from and r.log_until
  group by all
),
summed as (
  select a.run, a.host, a.mpm, a.workers, a.threads, s.seen, s.pss, s.rss, s.usual, m.total, m.least_available, k.ts as killed_ts, k.lines as killed, k.of_apache, k.of_cgroup, k.message, k.source_path, k.member, k.line_no,
    case when m.swapped >= $swapped_bytes then m.swapped end as swapped, m.swapped_ts, o.bytes as other_bytes,
    case when a.mpm in ('event', 'worker') then ceil(a.workers / a.threads::double)::bigint else a.workers end as children,
    coalesce(s.pss, s.rss) as bytes_each,
    greatest($reserve_share * m.total, coalesce(t.pressure, 0) + coalesce(o.bytes, 0)) as reserve, r.first_ts, r.last_ts, r.interval_s
  from allowed as a
  join size as s using (run, host)
  join ram as m using (run, host)
  join recording as r using (run, host)
  left join other as o using (run, host)
  left join tcp as t using (run, host)
  left join killed as k using (run, host)
  where a.workers > 0 and s.seen >= $children and coalesce(s.pss, s.rss) > 0 and m.total > 0
),
judged as (
  select *, children * bytes_each as need, floor((total - reserve) / bytes_each)::bigint as fits, swapped is not null or coalesce(of_apache > 0, false) as suffered,
    least(case when of_apache > 0 then killed_ts end, case when swapped is not null then swapped_ts end) as suffered_ts
  from summed
  where children * bytes_each + reserve > total
)
select
  run, host, null as subject, coalesce(suffered_ts, first_ts) as onset, null::timestamp as ended, coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when of_apache > 0 then 'critical' when suffered or pss is not null then 'warning' else 'info' end as severity,
  case when suffered then 'cause' else 'context' end as role,
  case when suffered and pss is not null then 'high' when suffered or pss is not null then 'medium' else 'low' end as confidence,
  'Apache may start ' || amount(children) || case when children = workers then ' workers' else ' processes' end || ', ' || case when pss is null then 'up to ' else '' end || amount(need / 1073741824) || ' GB on a host of ' || amount(total / 1073741824) || ' GB'
    || case when of_apache > 0 then ', and the kernel killed ' || counted(of_apache, 'process') || ' of it for lack of memory' when swapped is not null then ', and the host swapped' else '' end as headline,
  'the memory did not hold the workers' as consequence,
  amount(children) || case when children = workers then ' workers' else ' processes (' || amount(workers) || ' workers / ' || amount(threads) || ' threads)' end || ' × ' || amount(bytes_each / 1048576) || ' MB (p95 of ' || case when pss is null then 'RSS, an upper bound' else 'PSS' end || ', ' || counted(seen, 'child') || ' seen) = '
    || amount(need / 1048576) || ' MB; with ' || amount(reserve / 1048576) || ' MB kept for the rest that is more than the ' || amount(total / 1048576) || ' MB there are. '
    || case when suffered then '' else 'Nothing has happened yet: at least ' || amount(coalesce(least_available, 0) / 1048576) || ' MB were available all the time.' end as summary,
  items([
    evidence('Memory that all allowed workers would take' || case when pss is null then ' (RSS: at most)' else '' end, value := need / 1048576, baseline := (total - reserve) / 1048576, unit := 'MB'),
    evidence('Memory of a child, 95th percentile' || case when pss is null then ' (RSS)' else ' (PSS)' end, value := bytes_each / 1048576, baseline := usual / 1048576, unit := 'MB'),
    evidence('Least memory available', metric := 'memory_available', dimension := '', value := least_available / 1048576, unit := 'MB'),
    evidence('Swap used more than at the least', value := swapped / 1048576, baseline := 0, unit := 'MB', seen := swapped_ts),
    evidence('Processes killed for lack of memory', value := killed, baseline := 0, unit := 'lines', seen := killed_ts, capture := source_path, member := member, line := line_no, excerpt := message)
  ]) as evidence,
  items([
    ruled_out('another process that took the memory', case when other_bytes < 0.5 * total then 'all others together hold ' || amount(other_bytes / 1048576) || ' MB' end),
    ruled_out('the limit of a container', case when killed > 0 and of_cgroup = 0 then 'the kernel killed for the whole machine, not for a control group' end),
    ruled_out('mpm-saturated', case when not suffered then 'nothing has happened yet: the finding is about what the configuration allows' end)
  ]) as ruled_out,
  items([
    action('Allow as many as fit: (' || amount(total / 1048576) || ' MB - ' || amount(reserve / 1048576) || ' MB) / ' || amount(bytes_each / 1048576) || ' MB = ' || amount(fits)
      || case when children = workers then '. MaxRequestWorkers ' || amount(fits) || ', ServerLimit the same.' else ' processes × ' || amount(threads) || ' threads: MaxRequestWorkers ' || amount(fits * threads) || ', ServerLimit ' || amount(fits) || '.' end
      || case when pss is null then ' RSS counts shared pages in each child: measure PSS first.' else '' end,
      command := 'for p in $(pgrep -x apache2 || pgrep -x httpd); do awk ''/^Pss:/{print $2}'' /proc/$p/smaps_rollup; done | sort -n | tail -20   # kB a process',
      risk := 'visitors wait earlier: the accept queue fills when all workers are busy', verify := 'no swapping and no oom-kill at the daily peak; MemAvailable stays above ' || amount($reserve_share * 100) || ' % of MemTotal')
  ]) as actions
from judged
order by run, host
