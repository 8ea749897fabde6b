-- id: series
-- title: Every series of a side, for comparison
-- why: What is compared are whole series, not their means: how their samples depend on each other decides what can be said.
-- needs: metric, metric_info
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   metric VARCHAR metric
--   dimension VARCHAR dimension
--   kind VARCHAR gauge, rate or ratio
--   unit VARCHAR unit
--   title VARCHAR title of the metric
--   at_ms BIGINT[] milliseconds since 1970
--   value DOUBLE[] values
select m.run, m.host, m.metric, m.dimension, any_value(m.kind) as kind, any_value(i.unit) as unit, any_value(i.title) as title,
  list(epoch_ms(m.ts) order by m.ts) as at_ms, list(m.value order by m.ts) as value
from metric as m
join metric_info as i using (metric)
where isfinite(m.value)
group by m.run, m.host, m.metric, m.dimension
order by m.metric, m.dimension, m.host, m.run
