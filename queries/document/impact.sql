-- id: impact
-- title: What the incident cost
-- why: Who reads the page asks first how many were hit and for how long.
-- needs: incident, metric
-- columns:
--   host VARCHAR host
--   answered DOUBLE requests of the incident; null without an access log
--   failed DOUBLE those answered 5xx; null without an access log
--   refusing_s DOUBLE seconds of the intervals in which connections were dropped at a listener; null where no sample says
--   lasted_s DOUBLE seconds from the first onset to the last end
with held as (
  select i.host, m.metric, m.dimension, m.value,
    seconds_between(m.ts, coalesce(lead(m.ts) over series, m.ts)) as after_s,
    seconds_between(coalesce(lag(m.ts) over series, m.ts), m.ts) as before_s
  from metric as m
  join incident as i on i.run = m.run and i.host = m.host
  where (m.metric = 'TcpExtListenDrops' or (m.metric = 'requests' and m.dimension in ('', '5xx')))
    and m.ts between i.onset and i.ended
  window series as (partition by m.run, m.host, m.metric, m.dimension order by m.ts)
),
-- A bucket of requests holds from its time on, a rate of a counter is of the interval that ends with it.
added as (
  select host,
    sum(value * coalesce(nullif(after_s, 0), before_s)) filter (metric = 'requests' and dimension = '') as answered,
    sum(value * coalesce(nullif(after_s, 0), before_s)) filter (metric = 'requests' and dimension = '5xx') as failed,
    sum(before_s) filter (metric = 'TcpExtListenDrops' and value > 0) as refusing_s,
    count(*) filter (metric = 'TcpExtListenDrops') as looks
  from held
  group by host
),
lasted as (select host, sum(seconds_between(onset, ended)) as lasted_s from incident group by host)
select lasted.host, round(answered) as answered,
  case when answered is null then null else coalesce(round(failed), 0) end as failed,
  case when looks > 0 then coalesce(refusing_s, 0) end as refusing_s, lasted_s
from lasted
left join added using (host)
order by lasted.host
