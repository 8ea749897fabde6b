-- id: stalls
-- title: Probes that kept the collector waiting
-- why: What takes a second on a host in trouble says something about the host, and makes the sample wider than a moment.
-- needs: coverage, capture
-- params:
--   least_ms INTEGER 1000 ms time from which a probe is said to have stalled
-- columns:
--   host VARCHAR host
--   source VARCHAR source
--   samples BIGINT samples in which it took so long
--   of_samples BIGINT samples in which it was timed
--   most_ms BIGINT longest
--   most_at TIMESTAMP sample in which it took longest
with timed as (
  select c.host, c.source, capture_id, s.ts, max(c.duration_ms) as duration_ms
  from coverage as c
  join capture as s using (capture_id)
  where c.duration_ms is not null
  group by all
)
select host, source, count(*) filter (duration_ms >= $least_ms) as samples, count(*) as of_samples,
  max(duration_ms) as most_ms, arg_max(ts, (duration_ms, -epoch_ms(ts))) as most_at
from timed
group by host, source
having max(duration_ms) >= $least_ms
order by most_ms desc, host, source
