-- id: fin-wait2-jump
-- title: FIN_WAIT2 jumped: we closed first, the peer does not
-- question: Did sockets pile up in FIN_WAIT2, and towards whom?
-- why: Mostly harmless, but it names a peer or URL that behaves otherwise than the rest.
-- logic:
--   FIN_WAIT2 leaves what is usual. Sockets without an owner are told from owned ones, and the destination or URL whose share rose with them is named when it is `lift` times its usual share.
--   Where the established connections of the same place rose with it, by `with_load` times as many or more, it follows the load and is no cause.
-- needs: episode, metric, recording, request, socket_count, sysctl, sample, error_log
-- evidence: socket
-- explains: none
-- params:
--   share DOUBLE 0.5 ratio share of tcp_max_tw_buckets from which it is a warning
--   lift DOUBLE 3 - times its usual share a URL has to have to be named
--   requests INTEGER 5 requests requests to that URL that are needed
--   with_load DOUBLE 1 - times its rise by which established connections have to rise for it to follow the load
--   backend_lines INTEGER 5 lines backend errors in one minute that are graver than the jump
-- columns: finding
-- severity: info
-- role: symptom
-- tells: CLOSE_WAIT of the same connections on the peer
-- caveats:
--   A lingering close of Apache keeps owned FIN_WAIT2 sockets for up to 30 s: they are normal.
--   A stopped or overloaded peer shows the same; then its own finding is the cause.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_fin_timeout
--   Linux 6.1 net/ipv4/tcp.c __tcp_close
with jump as (
  select run, host, dimension, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended, max(peak) as peak,
    arg_max(peak_ts, (peak, -epoch_us(peak_ts))) as peak_ts, min(baseline) as usual
  from episode
  where metric = 'sockets_fin_wait2' and dimension <> ''
  group by all
),
total as (
  select m.run, m.host, m.ts, m.value from metric as m where m.metric = 'sockets_fin_wait2' and m.dimension = ''
),
side as (
  select j.run, j.host, j.dimension,
    bool_or(c.listener is not null) as incoming,
    sum(c.sockets) filter (c.unowned) as unowned, sum(c.sockets) as sockets
  from jump as j
  join socket_count as c on c.run = j.run and c.host = j.host and c.ts = j.peak_ts and c.state = 'FIN_WAIT2'
    and coalesce(c.listener, endpoint(c.peer_addr, c.peer_port)) = j.dimension
  group by all
),
-- What was asked for while it rose, against before: the URL and the client whose share grew.
phase as (
  select j.run, j.host, j.dimension, q.path, q.client, q.ts >= j.onset - interval 10 second and q.ts <= j.peak_ts as during
  from jump as j
  join request as q on q.run = j.run and q.host = j.host and q.ts <= j.peak_ts
),
size as (
  select run, host, dimension, count(*) filter (during) as during, count(*) filter (not during) as before from phase group by all
),
url as (
  select p.run, p.host, p.dimension, p.path, count(*) filter (p.during) as requests,
    (count(*) filter (p.during) / nullif(any_value(s.during), 0)) / ((count(*) filter (not p.during) + 1) / (any_value(s.before) + 1)::double) as lift,
    mode(p.client) filter (p.during) as client, count(*) filter (p.during and p.client = m.client) as of_client
  from phase as p
  join size as s using (run, host, dimension)
  left join (
    select run, host, dimension, path, mode(client) as client from phase where during group by all
  ) as m using (run, host, dimension, path)
  group by all
),
named as (
  select run, host, dimension, arg_max({'path': path, 'requests': requests, 'lift': lift, 'client': client, 'of_client': of_client}, (requests, path)) as url
  from url
  where requests >= $requests and lift >= $lift
  group by all
),
buckets as (
  select s.run, s.host,
    max(try_cast(k.value as bigint)) filter (k.key = 'net.ipv4.tcp_max_tw_buckets') as most,
    max(try_cast(k.value as bigint)) filter (k.key = 'net.ipv4.tcp_fin_timeout') as fin_timeout
  from sysctl as k
  join sample as s using (capture_id)
  group by all
),
-- Something graver explains it, unless it began after it: a backend that failed, or a queue that overflowed.
trouble as (
  select j.run, j.host, j.dimension, count(*) as signs
  from jump as j
  join recording as r using (run, host)
  join (
    select run, host, onset, ended from episode
    where metric in ('TcpExtListenOverflows', 'status_unanswered', 'request_error_ratio', 'conntrack_drop') or (metric in ('sockets_close_wait', 'sockets_last_ack', 'sockets_syn_recv') and dimension <> '')
    union all
    -- A proxy logs a lone failure now and then; many in a minute are trouble.
    select run, host, ts, ts
    from (
      select s.run, s.host, e.ts, count(*) over (partition by s.run, s.host order by e.ts range between interval 60 second preceding and current row) as lines
      from error_log as e
      join sample as s using (capture_id)
      where e.code in ('AH01102', 'AH00957') and e.errno is distinct from 20014
    )
    where lines >= $backend_lines
  ) as o on o.run = j.run and o.host = j.host and o.onset <= j.onset + to_seconds(2 * coalesce(r.interval_s, 0)) and coalesce(o.ended, timestamp '9999-01-01') >= j.onset
  group by all
),
busier as (
  select distinct j.run, j.host, j.dimension
  from jump as j
  join recording as r using (run, host)
  join episode as e on e.run = j.run and e.host = j.host and e.metric = 'sockets_established' and e.dimension = j.dimension
    and e.onset <= j.onset + to_seconds(2 * coalesce(r.interval_s, 0)) and coalesce(e.ended, timestamp '9999-01-01') >= j.onset
    and e.peak - e.baseline >= $with_load * (j.peak - j.usual)
),
told as (
  select j.*, z.dimension is not null as follows_load, t.value as of_all, d.incoming, d.unowned, d.sockets, n.url, b.most, b.fin_timeout, coalesce(x.signs, 0) as signs, r.interval_s
  from jump as j
  join recording as r using (run, host)
  left join total as t on t.run = j.run and t.host = j.host and t.ts = j.peak_ts
  left join side as d on d.run = j.run and d.host = j.host and d.dimension = j.dimension
  left join named as n on n.run = j.run and n.host = j.host and n.dimension = j.dimension
  left join buckets as b on b.run = j.run and b.host = j.host
  left join busier as z on z.run = j.run and z.host = j.host and z.dimension = j.dimension
  left join trouble as x on x.run = j.run and x.host = j.host and x.dimension = j.dimension
  where j.peak >= 0.6 * t.value
)
select
  run, host, dimension as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when peak > $share * most then 'warning' else 'info' end as severity,
  case when signs = 0 and not follows_load then 'cause' else 'symptom' end as role,
  case when url is not null and unowned is not null then 'high' else 'medium' end as confidence,
  case when incoming then 'Clients of ' || dimension else 'The peer ' || dimension end || ' left up to ' || amount(peak) || ' connections half closed'
    || coalesce(' while ' || url.path || ' was asked for', '') as headline,
  amount(peak) || ' connections to ' || dimension || ' were left half closed' as consequence,
  'FIN_WAIT2 towards ' || dimension || ' rose from ' || amount(usual) || ' to ' || amount(peak) || ' (' || format('{:.0f}', 100 * peak / of_all) || ' % of all)'
    || case when unowned >= 0.8 * sockets then '; no process holds them, the kernel drops each after ' || coalesce(amount(fin_timeout) || ' s', 'tcp_fin_timeout') else coalesce('; ' || amount(sockets - unowned) || ' are held by a process', '') end
    || coalesce('. In that time ' || url.path || ' was asked for ' || amount(url.requests) || ' times, ' || amount(url.lift) || ' times its usual share, '
      || amount(url.of_client) || ' of them by ' || url.client, '')
    || case when follows_load then '. Established connections rose with it: it follows the load' else '' end || '.' as summary,
  items([
    evidence('FIN_WAIT2 towards ' || dimension, metric := 'sockets_fin_wait2', dimension := dimension, value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Of these without an owner (inode 0)', value := unowned, unit := 'sockets', seen := peak_ts),
    evidence('Requests for ' || url.path || ' while it rose', value := url.requests, unit := 'requests'),
    evidence('Of these by ' || url.client, value := url.of_client, unit := 'requests')
  ]) as evidence,
  items([
    ruled_out('close-wait-leak', 'FIN_WAIT2 is the other end of it: this side has closed'),
    ruled_out('ephemeral-port-exhaustion', case when not incoming and not exists (select 1 from metric as m where m.run = told.run and m.host = told.host and m.metric = 'ports_used' and m.value >= 0.6)
      then 'less than 60 % of the local ports towards any destination are in use' end),
    ruled_out('backend-timeout', case when signs = 0 then 'requests are answered as usual: no backend error, no 5xx beyond usual' end)
  ]) as ruled_out,
  items([
    action(case when incoming then 'Find out why these clients do not close: keepalive pools and phones asleep are common, and harmless.'
        else 'Find out why ' || dimension || ' does not close its end' || coalesce(' after ' || url.path, '') || ': it keeps a file descriptor open for each.' end,
      command := case when not incoming then 'ssh ' || split_part(dimension, ':', 1) || ' ss -tnp state close-wait' end, risk := 'none', verify := 'FIN_WAIT2 back at ' || amount(usual)),
    action(case when unowned >= 0.8 * sockets then 'Nothing on this host: sockets without an owner end by themselves.' || case when fin_timeout > 30 then ' tcp_fin_timeout 30 would leave ' || amount(peak) || ' × 30 s / ' || amount(fin_timeout) || ' s = ' || amount(round(peak * 30 / fin_timeout)) || ' of them.' else '' end end, command := case when fin_timeout > 30 then 'sysctl -w net.ipv4.tcp_fin_timeout=30' end,
      risk := 'data that comes later is answered with a reset', verify := 'fewer FIN_WAIT2 at the same rate')
  ]) as actions
from told
order by run, host, onset, subject
