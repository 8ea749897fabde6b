-- id: collectors
-- title: What recording cost the host
-- needs: capture
-- columns:
--   host VARCHAR host
--   collector VARCHAR program and version
--   samples BIGINT samples
--   wall_ms_median DOUBLE median time from the first probe of a sample to the end of the last
--   wall_ms_most BIGINT longest
--   wall_ms_most_at TIMESTAMP sample that took longest
--   cpu_ms_median DOUBLE median processor time of a sample; null where not recorded
--   cpu_ms_most BIGINT most
--   cpu_ms_most_at TIMESTAMP sample that cost most
--   cpu_share DOUBLE processor time over the time recorded, 1 is one processor; null for a single sample
--   shell_peak_kb BIGINT peak memory of the collector's shell, KiB
with timed as (
  select *, date_diff('millisecond', ts, ended) as wall_ms
  from capture
  where ts_from = 'manifest'
),
-- Two runs of one host may lie days apart: the time between them was not recorded.
run_cost as (
  select host, collector, run, sum(cpu_ms) as cpu_ms, seconds_between(min(ts), max(ts)) as seconds
  from timed
  where cpu_ms is not null
  group by all
),
host_cost as (
  select host, collector, sum(cpu_ms) / 1000 / nullif(sum(seconds), 0) as cpu_share
  from run_cost
  group by all
)
select t.host, t.collector, count(*) as samples,
  median(t.wall_ms) as wall_ms_median, max(t.wall_ms) as wall_ms_most, arg_max(t.ts, (t.wall_ms, -epoch_ms(t.ts))) as wall_ms_most_at,
  median(t.cpu_ms) as cpu_ms_median, max(t.cpu_ms) as cpu_ms_most, arg_max(t.ts, (t.cpu_ms, -epoch_ms(t.ts))) as cpu_ms_most_at,
  round(any_value(h.cpu_share), 4) as cpu_share, max(t.shell_peak_kb) as shell_peak_kb
from timed as t
left join host_cost as h on h.host = t.host and h.collector is not distinct from t.collector
group by t.host, t.collector
order by t.host, t.collector
