-- id: source_share
-- title: Client addresses that hold far more than others
-- why: Blame needs a comparison: with the other clients, and with what the same address held before.
-- needs: source_count, recording, request, access_log, sample
-- params:
--   times DOUBLE 20 - requests in a log bucket that count as a sign, as times the median of all clients
--   samples INTEGER 3 samples in which it has to hold so many
--   rows INTEGER 20 sockets open sockets that count as a sign
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   addr VARCHAR client; addresses of the service itself are left out
--   over_samples BIGINT samples in which it holds more than the limit
--   first_over TIMESTAMP first of them
--   last_over TIMESTAMP last of them
--   held_peak BIGINT most connections it held: tracked ones, or sockets where conntrack was not recorded
--   held_peak_ts TIMESTAMP that sample
--   held_tracked BOOLEAN whether these are tracked connections
--   held_before DOUBLE median of what it held in the first third of the recording
--   held_others DOUBLE median of the other clients at its peak
--   held_share DOUBLE its share of all at its peak
--   limit_others DOUBLE most that any client but those here held at the samples at which all were counted
--   open_peak BIGINT most open sockets, TIME_WAIT left out
--   open_since TIMESTAMP first sample with as many open sockets as count as a sign
--   open_until TIMESTAMP last such sample
--   unfinished_share DOUBLE most of its connections that were half-open or never replied, at once, as a share
--   requests BIGINT its requests; null without an access log
--   request_times DOUBLE its requests, as times the median of all clients
--   requests_since TIMESTAMP first log bucket in which it asked as often as counts as a sign
--   requests_until TIMESTAMP last such bucket
--   error_share DOUBLE share of its requests answered 4xx
--   success_share DOUBLE share of its requests answered 2xx or 3xx
--   user_agents BIGINT different user agents it named; null where they are not logged
--   path_example VARCHAR what it asked for most
with held as (
  select *, coalesce(tracked, sockets) as held, tracked is not null as is_tracked from source_count
),
over_limit as (
  select run, host, addr, count(*) as over_samples, min(ts) as first_over, max(ts) as last_over
  from held
  where held > allowed
  group by all
  having count(*) >= least($samples, (select max(samples) from recording))
),
others as (
  select h.run, h.host, max(h.held) as limit_others from held as h anti join over_limit using (run, host, addr) group by all
),
-- A sample without the address is a zero, which a median has to count.
early as (
  select s.run, s.host, s.capture_id
  from sample as s
  join recording as r using (run, host)
  where s.ordinal <= greatest(1, r.samples // 3)
),
before as (
  select e.run, e.host, o.addr, median(coalesce(h.held, 0)) as held_before
  from early as e
  join over_limit as o using (run, host)
  left join held as h on h.run = e.run and h.host = e.host and h.capture_id = e.capture_id and h.addr = o.addr
  group by all
),
peak as (
  select h.run, h.host, h.addr, max(h.held) as held_peak, arg_max(h.ts, (h.held, -epoch_us(h.ts))) as held_peak_ts,
    arg_max(h.is_tracked, (h.held, -epoch_us(h.ts))) as held_tracked, arg_max(h.usual, (h.held, -epoch_us(h.ts))) as held_others,
    arg_max(h.held / h.total, (h.held, -epoch_us(h.ts))) as held_share, max(h.open_sockets) as open_peak,
    min(h.ts) filter (h.open_sockets >= $rows) as open_since,
    max(h.ts) filter (h.open_sockets >= $rows) as open_until,
    max(case when h.held > h.allowed then greatest(h.half_open / nullif(h.sockets, 0), h.tracked_unanswered / nullif(h.tracked, 0)) end) as unfinished_share
  from held as h
  semi join over_limit using (run, host, addr)
  group by all
),
asked as (
  select run, host, client as addr, count(*) as requests, count(*) filter (status between 400 and 499) / count(*)::double as error_share,
    count(*) filter (status between 200 and 399) / count(*)::double as success_share, mode(path) as path_example
  from request
  group by all
),
usual_requests as (select run, host, median(requests) as usual from asked group by all),
per_bucket as (
  select run, host, client as addr, bucket, count(*) as requests from request group by all
),
usual_bucket as (select run, host, median(requests) as usual from per_bucket group by all),
requests_since as (
  select b.run, b.host, b.addr, min(b.bucket) as requests_since, max(b.bucket) as requests_until
  from per_bucket as b
  join usual_bucket as u using (run, host)
  where b.requests >= greatest(10, $times * u.usual)
  group by all
),
agents as (
  select s.run, s.host, a.client as addr, nullif(count(distinct a.user_agent), 0) as user_agents
  from access_log as a
  join sample as s using (capture_id)
  join over_limit as o on o.run = s.run and o.host = s.host and o.addr = a.client
  where a.ts >= o.first_over - interval 60 second
  group by all
)
select o.run, o.host, o.addr, o.over_samples, o.first_over, o.last_over, p.held_peak, p.held_peak_ts, p.held_tracked, b.held_before, p.held_others, p.held_share,
  t.limit_others::double as limit_others, p.open_peak, p.open_since, p.open_until, p.unfinished_share,
  case when u.usual is not null then coalesce(a.requests, 0) end as requests, a.requests / nullif(u.usual, 0) as request_times,
  n.requests_since, n.requests_until, a.error_share, a.success_share, g.user_agents, a.path_example
from over_limit as o
join peak as p using (run, host, addr)
left join before as b using (run, host, addr)
left join others as t using (run, host)
left join asked as a using (run, host, addr)
left join usual_requests as u using (run, host)
left join requests_since as n using (run, host, addr)
left join agents as g using (run, host, addr)
