-- id: who
-- title: What each rise was made of
-- needs: risen, risen_moment, risen_count, own_address, health_check
-- params:
--   names INTEGER 12 names most names listed in a group; the rest is added up
--   least INTEGER 3 - sockets, entries or requests at a moment from which a population is listed
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   population VARCHAR TCP state, accept-queue, conntrack, requests or failed-requests
--   split VARCHAR peer, prefix, listener, backend, process, url, vhost or user-agent
--   fold VARCHAR mean for samples, sum for requests
--   at_ms BIGINT[] moments, in milliseconds since 1970
--   names JSON the largest movers: name, kind, value, before, during, share_before, share_during
--   other_names BIGINT number of other names
--   other_value DOUBLE[] their values together
with moment as (
  select distinct r.run, r.host, r.population, m.at_ts, m.at_ts < r.onset as is_before, m.at_ts between r.onset and r.ended as is_during
  from risen as r
  join risen_moment as m using (run, host, population)
),
span as (
  select run, host, population, population in ('requests', 'failed-requests') as summed,
    count(*) filter (is_before) as moments_before, count(*) filter (is_during) as moments_during
  from moment
  group by all
),
own as (
  select run, host, addr, case why when 'host' then 'own' when 'service' then 'backend' else why end as kind from own_address
  union all
  select c.run, c.host, c.addr, 'health-check' from health_check as c anti join own_address using (run, host, addr)
),
peer as (select distinct run, host, peer from risen_count where peer is not null),
peer_kind as (
  select p.run, p.host, p.peer, coalesce(any_value(o.kind), min(n.kind), 'client') as kind
  from peer as p
  left join own as o on o.run = p.run and o.host = p.host and o.addr = p.peer
  left join (from own where contains(addr, '/')) as n on n.run = p.run and n.host = p.host and in_network(p.peer, n.addr)
  group by all
),
counted as (
  select c.run, c.host, c.population, c.at_ts, k.kind,
    unnest(['peer', 'prefix', 'listener', 'backend', 'process', 'url', 'vhost', 'user-agent']) as split,
    unnest([c.peer, network(c.peer), c.listener, c.backend, c.process, c.url, c.vhost, c.user_agent]) as name, c.value
  from risen_count as c
  left join peer_kind as k using (run, host, peer)
),
-- What a finding is about and hardly rose is not worth a table.
worth as (
  select run, host, population
  from (select run, host, population, at_ts, sum(value) as value from risen_count group by all)
  group by all
  having max(value) >= $least
),
point as (
  select run, host, population, split, name, at_ts, sum(value) as value
  from counted
  semi join worth using (run, host, population)
  where name is not null
  group by all
),
kind as (
  select run, host, population, split, name, arg_max(kind, (value, kind)) as kind
  from (select run, host, population, split, name, kind, sum(value) as value from counted where name is not null and split in ('peer', 'prefix') group by all)
  group by all
),
totalled as (
  select p.run, p.host, p.population, p.split, p.name,
    coalesce(sum(p.value) filter (m.is_before), 0) as before, coalesce(sum(p.value) filter (m.is_during), 0) as during
  from point as p
  join moment as m using (run, host, population, at_ts)
  group by all
),
folded as (
  select t.run, t.host, t.population, t.split, t.name, s.moments_before,
    t.before / case when s.summed then 1 else nullif(s.moments_before, 0) end as before,
    t.during / case when s.summed then 1 else nullif(s.moments_during, 0) end as during,
    -- Requests before and during are of spans of different length.
    case when s.summed then s.moments_during / nullif(s.moments_before, 0) else 1 end as stretch
  from totalled as t
  join span as s using (run, host, population)
),
ranked as (
  select f.*, before / nullif(sum(before) over grouped, 0) as share_before, during / nullif(sum(during) over grouped, 0) as share_during,
    row_number() over (partition by run, host, population, split order by coalesce(during, 0) - coalesce(before * stretch, 0) desc, name) as place,
    count(*) over grouped as names
  from folded as f
  window grouped as (partition by run, host, population, split)
),
listed as (
  select r.run, r.host, r.population, r.split, case when r.place <= $names then r.name end as name, min(r.place) as place
  from ranked as r
  group by all
),
summed as (
  select p.run, p.host, p.population, p.split, case when r.place <= $names then p.name end as name, p.at_ts, sum(p.value) as value
  from point as p
  join ranked as r using (run, host, population, split, name)
  group by all
),
drawn as (
  select l.run, l.host, l.population, l.split, l.name, l.place, list(epoch_ms(m.at_ts) order by m.at_ts) as at_ms,
    list(round(coalesce(s.value, 0), 3)::double order by m.at_ts) as value
  from listed as l
  join moment as m using (run, host, population)
  left join summed as s on s.run = l.run and s.host = l.host and s.population = l.population and s.split = l.split
    and s.name is not distinct from l.name and s.at_ts = m.at_ts
  group by all
),
told as (
  select d.*, r.names, {
    'name': d.name, 'kind': case when d.split = 'backend' then 'backend' else coalesce(k.kind, 'none') end, 'value': d.value,
    'before': case when r.moments_before > 0 then round(r.before, 3) end, 'during': round(coalesce(r.during, 0), 3),
    'share_before': round(r.share_before, 4), 'share_during': round(coalesce(r.share_during, 0), 4)
  } as told
  from drawn as d
  left join ranked as r using (run, host, population, split, name)
  left join kind as k using (run, host, population, split, name)
)
select t.run, t.host, t.population, t.split, case when s.summed then 'sum' else 'mean' end as fold, any_value(t.at_ms) as at_ms,
  to_json(list(t.told order by t.place) filter (t.name is not null)) as names,
  max(t.names) - count(t.name) as other_names, any_value(t.value) filter (t.name is null) as other_value
from told as t
join span as s using (run, host, population)
group by t.run, t.host, t.population, t.split, s.summed
order by t.run, t.host, t.population, t.split
