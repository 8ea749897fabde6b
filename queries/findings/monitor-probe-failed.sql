-- id: monitor-probe-failed
-- title: A local probe of Apache's status page failed
-- question: Did a probe on this host that usually reads mod_status stop getting answers, and how did it fail?
-- why: The way a probe fails says how far a connection gets; and while it fails the graphs of the monitoring have a hole, not a zero.
-- logic:
--   The collector's own probe of server-status failed in `failures` samples in a row or more and answered in another, or collectd or curl said on this host that a fetch failed.
--   Connect timeout: the handshake got no answer. 0 bytes received: the kernel took the connection and no worker served it. Refused: nothing listens. Empty reply: a worker took it and died or closed.
-- needs: coverage, apache_status, system_log, sample, recording, worker_state, metric
-- evidence: apache_status | system_log
-- explains: none
-- params:
--   failures INTEGER 2 samples failed probes in a row that count
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   A probe with a short time limit fails on a host that is only slow.
--   collectd doubles its pause after each failure, up to a day: after the first line silence proves nothing.
-- refs:
--   https://github.com/collectd/collectd/blob/main/src/apache.c curl_easy_perform; src/daemon/plugin.c "Will suspend it for"
--   https://httpd.apache.org/docs/2.4/mod/mod_status.html
with asked as (
  select s.run, s.host, s.ts, s.ordinal, s.source_path, bool_or(a.capture_id is not null) as answered, bool_or(c.status in ('failed', 'empty', 'truncated')) as failed,
    min(c.note) filter (c.status <> 'collected') as note, min(c.member) as member
  from coverage as c
  join sample as s using (capture_id)
  left join (select distinct capture_id from apache_status) as a on a.capture_id = c.capture_id
  where c.source like '%status%' and c.source not like 'proc%' and c.status in ('collected', 'failed', 'empty', 'truncated')
  group by all
),
stretched as (
  select *, failed and not answered as is_lost, sum((answered or not failed)::integer) over (partition by run, host order by ordinal) as stretch
  from asked
),
own_probe as (
  select run, host, min(ts) filter (is_lost) as onset, max(ts) filter (is_lost) as last_failure, count(*) filter (is_lost) as failures, count(*) as probes
  from stretched
  semi join (select run, host, stretch from stretched where is_lost group by all having count(*) >= $failures) using (run, host, stretch)
  group by run, host
),
answers as (select run, host, count(*) filter (answered) as answered from asked group by all),
said as (
  select s.run, s.host, l.ts, l.message as text, s.source_path, l.member, l.line_no, coalesce(l.program, 'a program') as program,
    try_cast(regexp_extract(l.message, 'suspend it for ([0-9.]+)', 1) as double) as pause_s
  from system_log as l
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where (l.event = 'collectd' or (l.event = 'curl' and l.program = 'collectd')) and l.ts between r.log_from and r.log_until
),
failure as (
  select o.run, o.host, a.ts, coalesce(a.note, '') as text, a.source_path, a.member, null::bigint as line_no, 'lastack-collect' as program, null::double as pause_s
  from own_probe as o
  join stretched as a on a.run = o.run and a.host = o.host and a.is_lost
  semi join answers as n on n.run = o.run and n.host = o.host and n.answered > 0
  union all
  select * from said
),
told as (
  select *,
    case
      when regexp_matches(text, 'returned error: [45]\d\d|40[134] ') then 'configuration'
      when regexp_matches(text, 'connect\(\) timed out|Connection timed? ?-?out|Failed to connect.*(Timeout|Connection timed out)', 'i') then 'no handshake'
      when regexp_matches(text, 'with 0 (out of \S+ )?bytes received', 'i') then 'not served'
      when regexp_matches(text, 'Connection refused|Couldn.t connect', 'i') then 'refused'
      when regexp_matches(text, 'Empty reply', 'i') then 'no reply'
      when pause_s is not null then null
      else 'failed'
    end as way
  from failure
),
grouped as (
  select run, host, min(ts) as onset, max(ts) as last_failure, count(*) filter (way is not null) as failures, arg_min(program, ts) as program, max(pause_s) as pause_s,
    mode(way) as way, arg_min(text, ts) as text, arg_min(source_path, ts) as source_path, arg_min(member, ts) as member, arg_min(line_no, ts) as line_no, count(distinct program) as programs
  from told
  where way is distinct from 'configuration'
  group by all
),
again as (
  select g.run, g.host, min(a.ts) as ts from grouped as g join asked as a on a.run = g.run and a.host = g.host and a.answered and a.ts > g.last_failure group by all
),
workers as (select run, host, max(value) as waiting from metric where metric = 'listener_queue' group by all),
judged as (
  select g.*, r.interval_s, r.last_ts, n.answered, b.ts as ended, w.state, q.waiting,
    case g.way
      when 'no handshake' then 'its connection was not even taken by the kernel: SYNs are dropped, by a full queue or a full conntrack table'
      when 'not served' then 'the kernel took its connection and no worker served it'
      when 'refused' then 'nothing listens there'
      when 'no reply' then 'a worker took its connection and closed it without a word: it died, or was reset'
      else 'it failed in a way not known here' end as meaning
  from grouped as g
  join recording as r using (run, host)
  left join answers as n using (run, host)
  left join again as b using (run, host)
  left join worker_state as w using (run, host)
  left join workers as q using (run, host)
)
select
  run, host, null as subject, onset, ended,
  coalesce(interval_s, 1) as onset_uncertainty_s, 'warning' as severity, 'symptom' as role,
  case when programs > 1 or (way = 'not served' and state = 'saturated') or (way = 'no handshake' and waiting >= 5) then 'high' when way <> 'failed' then 'medium' else 'low' end as confidence,
  'A local probe of Apache''s status page failed ' || counted(greatest(failures, 1), 'time') || coalesce(' (' || way || ')', '') as headline,
  'the probe of the status page failed' as consequence,
  program || ' could not read the status page ' || counted(greatest(failures, 1), 'time') || ' between ' || clock(onset) || ' and ' || clock(last_failure) || ': ' || meaning
    || coalesce('. It then paused for up to ' || amount(pause_s) || ' s; what it draws for that time is missing, not zero', '') || '.' as summary,
  items([
    evidence('Failed probes of the status page', metric := 'status_unanswered', dimension := '', value := greatest(failures, 1), baseline := 0, unit := 'probes', seen := onset,
      capture := source_path, member := member, line := line_no, excerpt := text),
    evidence('Probes that were answered', value := answered, unit := 'probes'),
    evidence('Longest pause of the monitoring after a failure', value := pause_s, unit := 's')
  ]) as evidence,
  items([
    ruled_out('a wrong address or access rule of the probe', case when answered > 0 then 'the same probe was answered in ' || counted(answered, 'sample') || ' of this recording' end),
    ruled_out('backend-refused', case when way in ('no handshake', 'not served', 'no reply') then 'nothing was refused: ' || meaning end),
    ruled_out('mpm-saturated', case when state = 'idle' then 'some worker was free all the time' end)
  ]) as ruled_out,
  items([
    action('Give the probe a port of its own, so that it does not wait in the queue of the visitors.',
      command := 'Listen 127.0.0.1:8081   # and a VirtualHost with server-status on it',
      risk := 'it still needs a worker, and fails when none is free', verify := 'the probe answers under load'),
    action('Read the graphs of the monitoring with it in mind: from ' || clock(onset) || ' on they have a hole, not a zero.',
      risk := 'none', verify := 'its log has no further line')
  ]) as actions
from judged
order by run, host
