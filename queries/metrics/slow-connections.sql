-- id: slow-connections
-- title: Connections whose clients do not complete a request
-- why: Each holds a worker; what they hold together is seen before the last worker is gone.
-- needs: slow_connection, sample, socket
-- metrics:
--   connections_dribbling connections gauge up 20 0 Accepted connections whose client sends its request by drops
--   connections_silent connections gauge none 0 measured Accepted connections never answered that send nothing: silent clients, or requests that wait
with seen as (select distinct capture_id from socket where rtt_ms is not null),
counted as (
  select s.run, s.host, s.ts, count(*) filter (c.dribbled) as dribbling, count(*) filter (not c.dribbled) as silent
  from sample as s
  semi join seen using (capture_id)
  left join slow_connection as c on c.run = s.run and c.host = s.host and s.ts between c.first_ts and c.last_ts
  group by all
)
select run, host, ts, metric, '' as dimension, 'gauge' as kind, value::double as value
from (
  select run, host, ts, unnest(['connections_dribbling', 'connections_silent']) as metric, unnest([dribbling, silent]) as value
  from counted
)
