-- id: settings
-- title: Settings that bear on an overload, judged
-- needs: sysctl, setting, sample, handshake, metric, worker_state
-- columns:
--   host VARCHAR host
--   kind VARCHAR sysctl, apache or listener
--   key VARCHAR name
--   value VARCHAR value
--   judgement VARCHAR two words
--   why VARCHAR why
--   origin VARCHAR where it stands
with kernel as (
  select s.host, k.key, arg_max(k.value, s.ts) as value from sysctl as k join sample as s using (capture_id) group by all
),
apache as (
  select s.host, lower(t.key) as name, arg_max(t.key, s.ts) as key, arg_max(t.value, s.ts) as value, arg_max(t.origin, s.ts) as origin
  from setting as t
  join sample as s using (capture_id)
  where t.scope is null or t.scope = '-'
  group by all
),
queue as (
  select host, listener, max(backlog) as backlog, max(queue_peak) as queue_peak, max(samples_over) as samples_over, max(syn_recv_peak) as syn_recv_peak
  from handshake
  group by all
),
somaxconn as (select host, try_cast(value as bigint) as value from kernel where key = 'net.core.somaxconn'),
listen_backlog as (select host, try_cast(value as bigint) as value from apache where name = 'listenbacklog'),
fill as (select host, max(value) as share, arg_max(ts, value) as ts from metric where metric = 'conntrack_fill' group by host),
ports as (select host, max(value) as share from metric where metric = 'ports_used' group by host),
queue_full as (select host, max(queue_full) as queue_full, max(cookies_sent) as sent from handshake group by host),
p95 as (select host, max(value) as worst, median(value) as usual from metric where metric = 'request_p95' group by host),
workers as (select host, max(workers_limit) as most, max(peak_busy) as peak, min(usual_busy) as usual, bool_or(state = 'saturated') as saturated from worker_state group by host),
judged as (
  select q.host, 'listener' as kind, 'Accept queue of ' || q.listener as key, q.backlog::varchar as value,
    case when q.samples_over > 0 then 'Was full' when q.queue_peak >= 0.5 * q.backlog then 'Half used' when q.backlog in (128, 511) then 'Default' else 'Fine' end as judgement,
    'At most ' || amount(q.queue_peak) || ' waited for accept(), the limit is ' || amount(q.backlog) || '.'
      || case when l.value > q.backlog and m.value = q.backlog then ' ListenBacklog ' || l.value || ' was cut to net.core.somaxconn.'
        when q.backlog < least(l.value, m.value) then ' ListenBacklog ' || l.value || ' and somaxconn ' || m.value || ' allow more: no restart since.' else '' end as why,
    'Send-Q of the listener' as origin
  from queue as q
  left join somaxconn as m using (host)
  left join listen_backlog as l using (host)
  where q.queue_peak > 0 or q.syn_recv_peak > 0
  union all
  select k.host, 'sysctl', k.key, k.value,
    case when exists (select 1 from queue as q where q.host = k.host and q.backlog >= try_cast(k.value as bigint)) then 'Limits listeners' else 'Fine' end,
    case when exists (select 1 from queue as q where q.host = k.host and q.backlog >= try_cast(k.value as bigint))
      then 'A listener asks for as much or more; raising it takes a restart of the listener as well.' else 'No listener reaches it: raising it alone changes nothing.' end, 'sysctl'
  from kernel as k where k.key = 'net.core.somaxconn'
  union all
  select a.host, 'apache', a.key, a.value,
    case when not w.saturated or w.peak is null then 'Fine' else 'Was reached' end,
    case when w.saturated then 'All workers were busy; usual are ' || amount(w.usual) || '. What holds them decides, not their number.'
      else 'At most ' || amount(w.peak) || ' of ' || amount(w.most) || ' were busy.' end, a.origin
  from apache as a join workers as w using (host) where a.name in ('maxrequestworkers', 'maxclients')
  union all
  select a.host, 'apache', a.key, a.value,
    case when p.worst >= 0.8 * try_cast(regexp_extract(a.value, '^\d+') as double) then 'Too long' else 'Not reached' end,
    case when p.worst >= 0.8 * try_cast(regexp_extract(a.value, '^\d+') as double)
      then coalesce(amount(w.most) || ' workers held ' || regexp_extract(a.value, '^\d+') || ' s each serve ' || amount(w.most / try_cast(regexp_extract(a.value, '^\d+') as double)) || ' requests/s.', 'Requests waited until it ended them.')
      else 'The slowest 5 % of requests took at most ' || amount(p.worst) || ' s.' end, a.origin
  from apache as a join p95 as p using (host) left join workers as w using (host) where a.name = 'proxytimeout' and try_cast(regexp_extract(a.value, '^\d+') as double) > 0
  union all
  select a.host, 'apache', a.key, a.value, 'As seen', 'The effective limit is the Send-Q of the listener: the smaller of this and net.core.somaxconn at the last restart.', a.origin
  from apache as a where a.name = 'listenbacklog'
  union all
  select k.host, 'sysctl', k.key, k.value, case when k.value = '0' then 'Turn on' else 'Keep' end,
    case when k.value = '0' then 'Without cookies a full SYN queue drops honest clients too.'
      when q.sent >= 1 then 'Let known clients in while the SYN queue was full (' || amount(q.sent) || ' sent).' else 'Costs nothing until a SYN queue is full; none was.' end, 'sysctl'
  from kernel as k left join queue_full as q using (host) where k.key = 'net.ipv4.tcp_syncookies'
  union all
  select k.host, 'sysctl', k.key, k.value, 'No effect',
    'On TIME_WAIT: that is a fixed 60 s. It bounds FIN_WAIT2 without an owner' || case when try_cast(k.value as integer) > 60 then '; values above 60 do not do what they say.' else '.' end, 'sysctl'
  from kernel as k where k.key = 'net.ipv4.tcp_fin_timeout'
  union all
  select k.host, 'sysctl', k.key, k.value, case when k.value = '5' then 'Default' else 'Changed' end,
    'A smaller value hides SYN_RECV sooner; it does not cure what holds them.', 'sysctl'
  from kernel as k where k.key = 'net.ipv4.tcp_synack_retries'
  union all
  select k.host, 'sysctl', k.key, k.value, case when f.share >= 0.95 then 'Too low' when f.share >= 0.8 then 'Nearly full' else 'Fine' end,
    'At the peak ' || format('{:.1f}', 100 * f.share) || ' % of it was used (' || clock(f.ts) || ').', 'sysctl'
  from kernel as k join fill as f using (host) where k.key = 'net.netfilter.nf_conntrack_max'
  union all
  select k.host, 'sysctl', k.key, regexp_replace(k.value, '\s+', ' – '), case when p.share >= 0.8 then 'Nearly used' when p.share is null then null else 'Fine' end,
    coalesce('At most ' || format('{:.1f}', 100 * p.share) || ' % of the ports were used towards one destination; incoming connections use none of them.', 'Counts for outgoing connections only.'), 'sysctl'
  from kernel as k left join ports as p using (host) where k.key = 'net.ipv4.ip_local_port_range'
  union all
  select k.host, 'sysctl', k.key, k.value, case when k.value = '1' then 'Harmful here' else 'Fine' end,
    case when k.value = '1' then 'Resets honest clients whenever the accept queue is full.' else 'A full queue makes clients retry instead of failing.' end, 'sysctl'
  from kernel as k where k.key = 'net.ipv4.tcp_abort_on_overflow'
)
select host, kind, key, value, judgement, why, origin from judged order by host, kind, key, value
