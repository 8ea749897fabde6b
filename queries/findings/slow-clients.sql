-- id: slow-clients
-- title: Slow clients hold the workers
-- question: Did clients that do not finish their requests hold the workers?
-- why: Workers that wait for clients are not freed by a faster backend, nor by more workers.
-- logic:
--   Accepted connections on which the client sends its request by drops, the same ones for ten seconds or more, number `connections` or more and are `share` of all that were accepted;
--   or as many send nothing at all while `reading` of the busy workers read (scoreboard R). Connections that were answered and are kept alive do not count.
--   It is a warning when they come from few addresses or no worker was left, else told only: slow networks look the same, with few connections each.
-- needs: metric, recording, slow_connection, socket_count, source_count, worker_state, access_log, apache_status, setting, sample
-- evidence: socket
-- explains: mpm-saturated, accept-queue-overflow, overload-sequence, abusive-source, monitor-probe-failed
-- params:
--   connections INTEGER 20 connections slow ones that matter
--   share DOUBLE 0.5 ratio share of the accepted connections
--   reading DOUBLE 0.5 ratio share of R among the letters of busy workers
--   per_address INTEGER 10 connections slow ones of one address that make it stand out
--   rise DOUBLE 0.25 ratio share of the peak at which it begins and ends
-- columns: finding
-- severity: warning
-- role: cause
-- tells: workers at R in the scoreboard, and 408 in the access log where RequestReadTimeout cuts them off
-- caveats:
--   A phone on a bad network is slow too: many addresses with a few connections each are no attack.
--   Where ss ran without -i no bytes are known, and nothing of this can be seen.
--   With AcceptFilter (the default on Linux) clients that send nothing at all stay in SYN_RECV and hold no worker.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html
with letters as (
  select run, host, ts, sum(value) filter (dimension = 'R') as reading, sum(value) as busy
  from metric
  where metric = 'workers_letter'
  group by all
),
reading as (
  select run, host, count(*) as samples, max(reading) as peak, max(reading / nullif(busy, 0)) as share
  from letters
  where reading >= $reading * busy and reading >= $connections / 2
  group by all
),
counted as (
  select m.run, m.host, m.ts, sum(m.value) filter (m.metric = 'connections_dribbling') as dribbling,
    -- What is silent may as well wait for a backend: only the letter R tells that Apache waits for the client.
    sum(m.value) filter (m.metric = 'connections_dribbling' or r.samples >= 2) as slow
  from metric as m
  left join reading as r using (run, host)
  where m.metric in ('connections_dribbling', 'connections_silent')
  group by all
),
peak as (
  select run, host, max(slow) as slow_peak, arg_max(ts, (slow, -epoch_us(ts))) as peak_ts, arg_max(dribbling, (slow, -epoch_us(ts))) as dribbling
  from counted
  group by all
  having max(slow) >= $connections
),
edge as (
  select p.run, p.host, min(c.ts) as onset, max(c.ts) as last_slow
  from peak as p
  join counted as c on c.run = p.run and c.host = p.host and c.slow >= $rise * p.slow_peak
  group by all
),
after as (
  select e.run, e.host, min(c.ts) as ended from edge as e join counted as c on c.run = e.run and c.host = e.host and c.ts > e.last_slow group by all
),
accepted as (
  select c.run, c.host, c.ts, sum(c.sockets) as accepted
  from socket_count as c
  where c.listener is not null and not c.loopback and c.state = 'ESTABLISHED' and not coalesce(c.unowned, false)
  group by all
),
client as (
  select c.run, c.host, c.peer_addr as addr, count(*) as connections, max(c.received_bytes) as received_bytes, max(c.age_s) as age_s, max(c.silent_ms) as silent_ms
  from slow_connection as c
  join peak as p on p.run = c.run and p.host = c.host and p.peak_ts between c.first_ts and c.last_ts
  left join reading as r on r.run = c.run and r.host = c.host
  where c.dribbled or r.samples >= 2
  group by all
),
clients as (
  select run, host, count(*) as addresses, count(*) filter (connections >= $per_address) as heavy,
    sum(connections) filter (connections >= $per_address) as heavy_connections, max(received_bytes) as received_bytes,
    max(age_s) as age_s, max(silent_ms) / 1000.0 as silent_s,
    list(addr order by connections desc, addr)[1:5] as examples, max(connections) as most
  from client
  group by all
),
others as (
  select s.run, s.host, max(s.open_sockets) as most
  from source_count as s
  anti join (select * from client where connections >= $per_address) as c using (run, host, addr)
  group by all
),
refused as (
  select s.run, s.host, count(*) as lines
  from access_log as a
  join sample as s using (capture_id)
  join edge as e on e.run = s.run and e.host = s.host and a.ts >= e.onset
  where a.status = 408
  group by all
),
configured as (
  select s.run, s.host, arg_max(t.value, s.ts) as value
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) = 'requestreadtimeout' and coalesce(t.scope, '-') = '-'
  group by all
),
mpm as (
  select s.run, s.host, max(a.mpm) as mpm from apache_status as a join sample as s using (capture_id) group by all
),
judged as (
  select p.*, mpm.mpm, e.onset, a.ended, r.interval_s, r.last_ts, accepted.accepted, x.samples as reading_samples, x.peak as reading_peak, x.share as reading_share,
    c.addresses, c.heavy, c.heavy_connections, c.received_bytes, c.age_s, c.silent_s, c.examples, c.most, o.most as others_most, f.lines as timeouts, k.value as configured,
    w.state as workers, w.workers_limit,
    coalesce(c.heavy_connections, 0) >= 0.5 * p.slow_peak as is_few,
    greatest(50, 2 * o.most) as per_client
  from peak as p
  join edge as e using (run, host)
  left join after as a using (run, host)
  join recording as r using (run, host)
  join clients as c using (run, host)
  left join accepted on accepted.run = p.run and accepted.host = p.host and accepted.ts = p.peak_ts
  left join reading as x on x.run = p.run and x.host = p.host
  left join others as o on o.run = p.run and o.host = p.host
  left join refused as f on f.run = p.run and f.host = p.host
  left join configured as k on k.run = p.run and k.host = p.host
  left join mpm on mpm.run = p.run and mpm.host = p.host
  left join worker_state as w on w.run = p.run and w.host = p.host
),
hit as (
  select *, is_few or coalesce(workers = 'saturated', false) as is_grave
  from judged
  where slow_peak >= $share * accepted
)
select
  run, host, null as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when is_grave then 'warning' else 'info' end as severity,
  case when is_grave then 'cause' else 'context' end as role,
  case when reading_samples >= 2 and dribbling >= $connections then 'high' when is_grave then 'medium' else 'low' end as confidence,
  'Slow clients held ' || counted(slow_peak, 'connection') || coalesce(' and ' || amount(reading_peak) || ' of ' || amount(workers_limit) || ' workers', '') || ' for ' || lasted(onset, ended, last_ts) as headline,
  'slow clients held ' || counted(slow_peak, 'connection') as consequence,
  counted(slow_peak, 'accepted connection') || ' of ' || amount(accepted) || ' never completed a request: their clients sent '
    || case when dribbling > 0 then 'drops of it, at most ' || amount(received_bytes) || ' bytes in up to ' || length_of(age_s) else 'nothing for up to ' || length_of(age_s) end
    || ', from ' || counted(addresses, case when addresses = 1 then 'address' else 'addresse' end)
    || case when heavy > 0 then '; ' || amount(heavy) || ' of them had ' || amount($per_address) || ' or more each' else '' end
    || coalesce('. ' || amount(reading_peak) || ' workers were reading (R)', '')
    || coalesce('. ' || counted(timeouts, 'request') || ' ended with 408', '') || '.' as summary,
  items([
    evidence('Accepted connections whose client sends its request by drops', metric := 'connections_dribbling', dimension := '', value := dribbling, baseline := 0, unit := 'connections', seen := peak_ts),
    evidence('Accepted connections never answered on which nothing comes', metric := 'connections_silent', dimension := '', value := nullif(slow_peak - dribbling, 0), unit := 'connections', seen := peak_ts),
    evidence('Share of all accepted connections', value := slow_peak / accepted, unit := 'ratio', seen := peak_ts),
    evidence('Workers that read a request (R)', metric := 'workers_letter', dimension := 'R', value := reading_peak, unit := 'workers'),
    evidence('Most bytes such a client sent in all', value := received_bytes, unit := 'bytes'),
    evidence('Longest one was watched', value := age_s, unit := 's'),
    evidence('Longest pause between two drops', value := silent_s, unit := 's'),
    evidence('Client addresses they came from: ' || array_to_string(examples, ', ') || case when addresses > 5 then ', …' else '' end, value := addresses, unit := 'addresses'),
    evidence('Most of one address', value := most, unit := 'connections', baseline := others_most),
    evidence('Requests answered 408 (client too slow)', value := timeouts, unit := 'requests'),
    evidence('RequestReadTimeout as configured', excerpt := 'RequestReadTimeout ' || configured)
  ]) as evidence,
  items([
    ruled_out('backend-timeout', case when reading_samples >= 2 then 'the workers read (R), up to ' || format('{:.0f}', 100 * reading_share) || ' % of the busy ones: they wait for clients, not for a backend' end),
    ruled_out('clients on slow networks', case when is_few then amount(heavy_connections) || ' of the connections are of ' || counted(heavy, case when heavy = 1 then 'address' else 'addresse' end) || '; slow networks show many addresses with few each' end),
    ruled_out('connections kept alive (K)', 'none of these was ever answered while it was watched')
  ]) as ruled_out,
  items([
    action('Bound how long a client may take to send its request' || coalesce(' (now: ' || configured || ')', '')
        || coalesce('; with 20 s at most for a header, it takes ' || amount(workers_limit) || ' workers / 20 s = ' || amount(workers_limit / 20.0) || ' new connections/s to hold them all', '') || '.',
      command := 'RequestReadTimeout header=10-20,MinRate=500 body=20,MinRate=500   # server configuration, mod_reqtimeout; reload',
      risk := 'uploads over very slow lines are cut', verify := 'R in the scoreboard falls, 408 in the access log, idle workers come back'),
    action(case when is_few then 'Limit connections per address to ' || amount(per_client) || ' (twice the ' || amount(others_most) || ' that any other client had open, at least 50).' end,
      command := 'iptables -I INPUT -p tcp --syn -m multiport --dports 80,443 -m connlimit --connlimit-above ' || per_client::bigint || ' -j REJECT --reject-with tcp-reset',
      risk := 'large NATs reach it too', verify := 'connections of ' || examples[1] || ' stay below it'),
    action(case when mpm = 'prefork' then 'Plan the event MPM: with prefork each slow client holds a process.' end, risk := 'modules that are not thread-safe', verify := 'Server MPM in httpd -V')
  ]) as actions
from hit
order by run, host
