-- id: risen_count
-- title: Who made up what rose, moment by moment
-- why: One pass over the large tables for all the ways a population can be split.
-- needs: risen_moment, socket, conntrack, access_log, request, failed_backend, sample, recording, listener, listener_any
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   population VARCHAR as in risen
--   at_ts TIMESTAMP as in risen_moment
--   peer VARCHAR address of the other side; null where it is not known
--   listener VARCHAR listener that took the connection; null for outgoing ones
--   backend VARCHAR destination of outgoing ones; of requests the backend they were passed to, where a log tells
--   process VARCHAR process that holds it
--   url VARCHAR path of the request
--   vhost VARCHAR virtual host of the request
--   user_agent VARCHAR user agent of the request
--   value BIGINT sockets, entries or requests
with wanted as (
  select run, host, population, at_ts, capture_id,
    unnest(case population when 'accept-queue' then ['ESTABLISHED', 'CLOSE_WAIT'] else [population] end) as state
  from risen_moment
  where population not in ('conntrack', 'requests', 'failed-requests')
),
held as (
  select w.run, w.host, w.population, w.at_ts, k.peer_addr as peer, coalesce(o.listener, a.listener) as listener,
    case when coalesce(o.listener, a.listener) is null then endpoint(k.peer_addr, k.peer_port) end as backend, k.process, count(*) as value
  from socket as k
  join wanted as w on w.capture_id = k.capture_id and w.state = k.state
  left join listener as o on o.run = w.run and o.host = w.host and o.local_port = k.local_port and o.local_addr = k.local_addr and not o.wildcard
  left join listener_any as a on a.run = w.run and a.host = w.host and a.local_port = k.local_port and a.family = coalesce(k.family, 4)
  where k.peer_port is not null and not is_loopback(k.local_addr)
    and (w.population <> 'accept-queue' or (k.inode = 0 and coalesce(o.listener, a.listener) is not null))
  group by all
),
-- Counted by sample first: the large table is not joined row by row.
tracked_part as materialized (
  select capture_id, src, dst, dport, count(*) as entries
  from conntrack
  where capture_id in (select capture_id from risen_moment where population = 'conntrack')
  group by all
),
tracked as (
  select w.run, w.host, w.population, w.at_ts, k.src as peer, l.listener,
    case when l.listener is null then endpoint(k.dst, k.dport) end as backend, sum(k.entries)::bigint as value
  from tracked_part as k
  join risen_moment as w using (capture_id)
  left join listener_any as l on l.run = w.run and l.host = w.host and l.local_port = k.dport and l.family = case when contains(k.src, ':') then 6 else 4 end
  where w.population = 'conntrack'
  group by all
),
-- Files that only repeat another one are left out of "request", and so here.
asked as (
  select w.run, w.host, w.population, w.at_ts, q.client as peer, coalesce(nullif(regexp_extract(q.backend, '^(?:\w+://)?([^/]+)', 1), ''), b.backend) as backend, q.path as url, q.vhost, q.user_agent,
    count(*) as value
  from access_log as q
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  join risen_moment as w on w.run = s.run and w.host = s.host and w.bucket = time_bucket(to_seconds(r.bucket_s), q.ts, timestamp '2000-01-01')
    and (w.population = 'requests' or q.status >= 500)
  left join failed_backend as b on b.run = s.run and b.host = s.host and b.source_path = s.source_path and b.member = q.member and b.line_no = q.line_no
  semi join request as kept on kept.run = s.run and kept.host = s.host and kept.member = q.member
  where coalesce(q.user_agent, '') not like '%internal dummy connection%'
  group by all
)
select run, host, population, at_ts, peer, listener, backend, process, null::varchar as url, null::varchar as vhost, null::varchar as user_agent, value
from held
union all
select run, host, population, at_ts, peer, listener, backend, null, null, null, null, value from tracked
union all
select run, host, population, at_ts, peer, null, backend, null, url, vhost, user_agent, value from asked
