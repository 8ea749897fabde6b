-- id: health_check
-- title: Clients that check the service, and do nothing else
-- why: A health checker asks all the time, fails with everybody else, and is never the reason.
-- needs: request, recording, source_count
-- params:
--   checks INTEGER 5 requests requests from which a rhythm can be told
--   slowest_s DOUBLE 2 s least time between two checks; log times are whole seconds
--   jitter DOUBLE 0.25 ratio standard deviation of the times between checks, share of their mean
--   sockets INTEGER 5 sockets most sockets it may hold at once
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   addr VARCHAR client
--   why VARCHAR what it asks for, and how often
-- refs:
--   What a client calls itself is its own choice; that it asks for one thing, evenly, through the whole recording, and holds next to nothing, is not.
with single as (
  select q.run, q.host, q.client, any_value(q.path) as path
  from request as q
  join recording as r using (run, host)
  group by q.run, q.host, q.client
  having count(*) >= $checks and (min(q.path) = max(q.path) or bool_and(coalesce(q.path, '') like '%server-status%'))
    and seconds_between(min(q.ts), max(q.ts)) >= 0.5 * any_value(seconds_between(r.log_from, r.log_until))
),
spaced as (
  select run, host, client, path, seconds_between(lag(ts) over (partition by run, host, client order by ts, line_no), ts) as gap
  from request as q
  semi join single using (run, host, client)
),
even as (
  select s.run, s.host, s.client, any_value(p.path) as path, avg(s.gap) as gap
  from spaced as s
  join single as p using (run, host, client)
  where s.gap is not null
  group by all
  having avg(s.gap) >= $slowest_s and stddev_pop(s.gap) <= greatest(1, $jitter * avg(s.gap))
),
holds as (select run, host, addr, max(sockets) as sockets from source_count group by all)
select e.run, e.host, e.client as addr, coalesce(e.path, '-') || ' every ' || length_of(e.gap) as why
from even as e
left join holds as h on h.run = e.run and h.host = e.host and h.addr = e.client
where coalesce(h.sockets, 0) <= $sockets
