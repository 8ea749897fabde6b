-- id: abusive-source
-- title: A few addresses hold far more than their share
-- question: Did single client addresses hold a disproportionate part of the connections?
-- why: One address that takes what thousands share can be limited in a minute; one that is a company behind NAT must not be.
-- logic:
--   An address, not of the service itself, holds more connections than `held` and `times` the median of all clients, in three samples or more.
--   Two more signs are needed: many open sockets, far more requests than others, mostly 4xx, mostly unfinished handshakes.
--   Many user agents with answers that succeed are a company behind NAT, a CDN or monitoring: told, and not blamed.
--   So is an address that only is large: it is served well, and neither are workers or connection tracking used to `strain` meanwhile with `part` of them held by it.
-- needs: source_share, recording, sample, metric, conntrack_fill
-- evidence: socket | conntrack
-- explains: mpm-saturated, accept-queue-overflow, conntrack-table-full, overload-sequence, monitor-probe-failed
-- params:
--   rows INTEGER 20 sockets open sockets that are a sign
--   times DOUBLE 20 - times the requests of the median client that are a sign
--   errors DOUBLE 0.5 ratio share of 4xx that is a sign
--   unfinished DOUBLE 0.5 ratio share of unfinished handshakes that is a sign
--   agents INTEGER 5 agents different user agents from which many people may be behind an address
--   success DOUBLE 0.8 ratio share of 2xx and 3xx from which they are served well
--   strain DOUBLE 0.9 ratio use of workers or connection tracking from which it matters that one address is large
--   part DOUBLE 0.5 ratio share of the workers or of the table that it has to hold then: with less it is not what fills them
-- columns: finding
-- severity: warning
-- role: cause
-- tells: the others being served as usual within a minute once that address is blocked
-- caveats:
--   An address may be a company, a mobile network or a CDN: limit it for a time, never for good.
--   Left out are the host, its backends, what it connects to, and the proxies that mod_remoteip trusts.
-- refs:
--   Linux nf_conntrack-sysctl.rst; ipset(8); conntrack(8): deleting an entry blocks nothing
with signs as (
  select s.*, r.last_ts, r.interval_s,
    coalesce(open_peak >= $rows, false) as many_open,
    coalesce(request_times >= $times, false) as many_requests,
    coalesce(error_share > $errors and requests >= 20, false) as many_errors,
    coalesce(unfinished_share > $unfinished, false) as many_unfinished,
    coalesce(user_agents >= $agents and success_share >= $success, false) as is_crowd
  from source_share as s
  join recording as r using (run, host)
),
scored as (
  select *, many_open::integer + many_requests::integer + many_errors::integer + many_unfinished::integer as speaking,
    least(first_over, case when many_open then open_since end, case when many_requests then requests_since end) as onset,
    coalesce(greatest(case when many_open then open_until end, case when many_requests then requests_until end), last_over) as last_seen,
    row_number() over (partition by run, host order by held_peak desc, addr) as place,
    count(*) over (partition by run, host) as addresses
  from signs
),
sized as (
  -- TIME_WAIT and conntrack remember it for minutes: open sockets and requests tell when it ended.
  select *, case when seconds_between(last_seen, last_ts) > coalesce(interval_s, 0) then last_seen end as ended,
    greatest(100, 2 * limit_others) as per_address
  from scored
  where speaking >= 2 and place <= 10
),
-- What the host had left meanwhile, and what of it the address held. Nobody is blamed for workers that were not seen.
used as (
  select z.run, z.host, z.addr, max(m.value) filter (m.metric = 'workers_limit') as workers,
    max(m.value) filter (m.metric in ('workers_use', 'status_unanswered')) as workers_use, max(m.value) filter (m.metric = 'conntrack_fill') as table_fill
  from sized as z
  join metric as m on m.run = z.run and m.host = z.host and m.ts >= z.onset and m.ts <= coalesce(z.last_seen, z.last_ts)
  where m.metric in ('workers_limit', 'workers_use', 'status_unanswered', 'conntrack_fill') and m.dimension = ''
  group by all
),
tracked as (select s.run, s.host, max(f.max_entries) as entries from conntrack_fill as f join sample as s using (capture_id) group by all),
hit as (
  select z.*, u.workers_use, u.table_fill,
    is_crowd or coalesce(not many_errors and not many_unfinished and success_share >= $success
      and not coalesce(u.workers_use >= $strain and coalesce(open_peak >= $part * u.workers, true), false)
      and not coalesce(u.table_fill >= $strain and held_peak >= $part * t.entries, false), false) as is_harmless
  from sized as z
  left join used as u on u.run = z.run and u.host = z.host and u.addr = z.addr
  left join tracked as t on t.run = z.run and t.host = z.host
)
select
  run, host, addr as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  case when is_harmless then 'info' else 'warning' end as severity,
  case when is_harmless then 'context' else 'cause' end as role,
  case when is_crowd then 'low' when requests > 0 and (many_requests or many_errors) then 'high' else 'medium' end as confidence,
  addr || ' held ' || counted(held_peak, 'connection') || case when is_crowd then ', probably many people behind one address' when is_harmless then ' and was served well' else ', ' || format('{:.0f}', 100 * held_share) || ' % of all' end as headline,
  'one address, ' || addr || ', held ' || format('{:.0f}', 100 * held_share) || ' % of all connections' as consequence,
  addr || ' held up to ' || counted(held_peak, case when held_tracked then 'tracked connection' else 'socket' end) || ', ' || format('{:.0f}', 100 * held_share)
    || ' % of those of all clients; the median client held ' || amount(held_others) || coalesce(', and the address itself ' || amount(held_before) || ' at the beginning', '')
    || coalesce('. It sent ' || counted(requests, 'request') || coalesce(', ' || amount(request_times) || ' times the median', '') || coalesce('; ' || format('{:.0f}', 100 * error_share) || ' % were answered 4xx', ''), '')
    || case when many_unfinished then '. ' || format('{:.0f}', 100 * unfinished_share) || ' % of its handshakes were not finished' else '' end
    || case when is_crowd then '. It names ' || amount(user_agents) || ' user agents and ' || format('{:.0f}', 100 * success_share) || ' % of its requests succeed: rather many people than one abuser'
      when is_harmless then '. ' || format('{:.0f}', 100 * success_share) || ' % of its requests succeed, and ' || case when workers_use < $strain
        then 'at most ' || format('{:.0f}', 100 * workers_use) || ' % of the workers were busy: it is large, and takes nothing from others'
        when workers_use is null then 'the workers were not seen: it is large, and no harm to others shows'
        else 'it held less than ' || format('{:.0f}', 100 * $part) || ' % of the workers: it is large, and not what took them all' end else '' end
    || '.' as summary,
  items([
    evidence(case when held_tracked then 'Tracked connections of ' else 'Sockets of ' end || addr, value := held_peak, baseline := held_before, unit := 'connections', seen := held_peak_ts),
    evidence('Share of what all clients held', value := held_share, unit := 'ratio', seen := held_peak_ts),
    evidence('Connections of the median client then', value := held_others, unit := 'connections', seen := held_peak_ts),
    evidence('Samples in which it held more than the limit', value := over_samples, unit := 'samples', seen := first_over),
    evidence('Its open sockets, TIME_WAIT left out', value := open_peak, unit := 'sockets', seen := open_since),
    evidence('Its requests, as times those of the median client', value := request_times, unit := 'times', seen := requests_since),
    evidence('Share of its requests answered 4xx, most of them for ' || path_example, value := error_share, unit := 'ratio'),
    evidence('Share of its handshakes not finished', value := unfinished_share, unit := 'ratio'),
    evidence('User agents it named', value := user_agents, unit := 'agents')
  ]) as evidence,
  items([
    ruled_out('a crowd behind one address (NAT, CDN, monitoring)', case
      when is_harmless then null
      when user_agents < $agents and success_share < $success then 'it names ' || counted(user_agents, 'user agent') || ', and ' || format('{:.0f}', 100 * success_share) || ' % of its requests succeed'
      when user_agents < $agents then 'it names only ' || counted(user_agents, 'user agent')
      when success_share < $success then 'only ' || format('{:.0f}', 100 * success_share) || ' % of its requests succeed' end),
    ruled_out('an address of the service itself', 'it is no address of the host, no backend, no service the host connects to, and no trusted proxy'),
    ruled_out('syn-flood', case when not many_unfinished and open_peak > 0 then 'its handshakes are finished: the address is not forged' end)
  ]) as ruled_out,
  items([
    action(case when is_harmless then 'Block nothing: ask first who is behind ' || addr || '.' else 'Block ' || addr || ' for an hour, and look whether others follow.' end,
      command := case when not is_harmless then 'ipset create lastack hash:ip timeout 3600' || chr(10) || 'iptables -I INPUT -m set --match-set lastack src -j DROP' || chr(10)
        || 'ipset add lastack ' || addr || chr(10) || 'conntrack -D -s ' || addr || '   # after the rule: deleting alone blocks nothing' end,
      risk := case when is_harmless then 'none' else 'everybody behind that address; so always with a time-out' end,
      verify := case when is_harmless then 'its user agents and what they ask for' else 'conntrack -L -s ' || addr || ' is near empty, 2xx of the others as before' end),
    action('Limit connections per address to ' || amount(per_address) || ' (twice the ' || amount(limit_others) || ' that any other client held, at least 100).',
      command := case when not is_harmless then 'iptables -I INPUT -p tcp --syn -m multiport --dports 80,443 -m connlimit --connlimit-above ' || per_address::bigint || ' -j REJECT --reject-with tcp-reset' end,
      risk := 'large NATs reach it too', verify := 'the rule counts packets of this address only')
  ]) as actions
from hit
order by run, host, place
