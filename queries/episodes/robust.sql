-- id: robust
-- title: Episodes: when a series left what is usual for it
-- why: A threshold alone cries wolf on a busy host and misses a quiet one; size and rarity have to agree.
-- needs: metric, metric_info
-- params:
--   quiet_share DOUBLE 0.333 - share of the run taken as its quiet part
--   spread DOUBLE 6 - robust standard deviations above usual
--   times DOUBLE 3 - times the usual value
--   at_once DOUBLE 10 - times the usual value that one sample may prove
--   rise DOUBLE 0.25 - share of the rise at which an episode begins and ends
--   bridge INTEGER 2 - samples below the threshold that do not end an episode
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   metric VARCHAR metric
--   dimension VARCHAR dimension
--   onset TIMESTAMP first sample above usual + 25 % of the rise
--   peak_ts TIMESTAMP worst sample
--   ended TIMESTAMP first sample back below that line; null when the recording ends first
--   baseline DOUBLE usual value
--   peak DOUBLE worst value
--   score DOUBLE rise in robust standard deviations, at most 1000
-- refs:
--   The usual value is the median of the contiguous third of the series that is quietest. An incident may fill half of a recording and
--   leave what never falls back in the rest; a median over everything, or over "the first part", is then a median of the outage. A median
--   of the quietest third is right as long as half of that third, a sixth of the recording, is quiet. It leans low, which the
--   practical minimum of the metric and the factor make up for. Where the usual value is known (no overflow), it is not measured.
--   A recording that has no quiet part has no measured episode: only what has an absolute limit is found there.
with place as (
  select m.run, m.host, m.metric, m.dimension, m.kind, m.ts, m.value, i.worse, i.minimum, i.usual,
    case when i.worse = 'down' then -m.value else m.value end as badness,
    row_number() over series as n,
    count(*) over (partition by m.run, m.host, m.metric, m.dimension) as total,
    sum(case when i.worse = 'down' then -m.value else m.value end) over (series rows unbounded preceding) as running
  from metric as m
  join metric_info as i using (metric)
  where i.worse <> 'none'
  window series as (partition by m.run, m.host, m.metric, m.dimension order by m.ts)
),
-- Series that never reach what matters are done here: most of them.
active as (
  select *, greatest(3, ceil(total * $quiet_share))::bigint as span
  from place
  qualify total >= 3 and (worse = 'down' or max(value) over (partition by run, host, metric, dimension) >= minimum)
),
window_sum as (
  select *, running - coalesce(lag(running, span) over series, 0) as span_sum
  from active
  window series as (partition by run, host, metric, dimension order by ts)
),
quiet_end as (
  select run, host, metric, dimension, arg_min(n, (span_sum, n)) as last_n, any_value(span) as span
  from window_sum
  where n >= span
  group by all
),
usual_value as (
  select a.run, a.host, a.metric, a.dimension,
    coalesce(any_value(a.usual), median(a.value)) as baseline,
    1.4826 * case when any_value(a.usual) is null then mad(a.value) else 0 end as deviation
  from active as a
  join quiet_end as q using (run, host, metric, dimension)
  where a.n > q.last_n - q.span and a.n <= q.last_n
  group by all
),
judged as (
  select a.run, a.host, a.metric, a.dimension, a.kind, a.ts, a.n, a.total, a.value, a.worse, u.baseline, u.deviation,
    case a.worse
      when 'up' then greatest(a.minimum, $times * u.baseline, u.baseline + $spread * u.deviation)
      when 'down' then case when u.baseline >= a.minimum then least(u.baseline / $times, u.baseline - $spread * u.deviation) else -1 end
    end as threshold
  from active as a
  join usual_value as u using (run, host, metric, dimension)
),
marked as (
  select *,
    case worse when 'up' then value >= threshold else value <= threshold end as hot,
    case worse when 'up' then value > baseline + (threshold - baseline) / 2 else value < baseline - (baseline - threshold) / 2 end
      and threshold >= 0 as warm
  from judged
),
-- Warm samples next to each other, or with a short gap between, are one island.
islands as (
  select *, sum(starts) over (partition by run, host, metric, dimension order by ts rows unbounded preceding) as island
  from (
    select *, (n - coalesce(lag(n) over (partition by run, host, metric, dimension order by ts), -1000000) > $bridge + 1)::integer as starts
    from marked
    where warm
  )
),
extent as (
  select run, host, metric, dimension, island, min(n) as from_n, max(n) as to_n, count(*) filter (hot) as hot_samples,
    any_value(kind) as kind, any_value(worse) as worse, any_value(baseline) as baseline, any_value(deviation) as deviation, any_value(threshold) as threshold,
    case any_value(worse) when 'up' then max(value) else min(value) end as peak,
    case any_value(worse) when 'up' then arg_max(ts, (value, -n)) else arg_min(ts, (value, n)) end as peak_ts
  from islands
  group by all
),
chosen as (
  select *,
    baseline + $rise * (peak - baseline) as line,
    -- A rate is a mean over an interval that may lie only partly in the incident: for its beginning the threshold is enough.
    case
      when kind = 'rate' and worse = 'up' then least(threshold, baseline + $rise * (peak - baseline))
      else baseline + $rise * (peak - baseline)
    end as first_line
  from extent
  where hot_samples >= 2
    or (hot_samples = 1 and worse = 'up' and peak >= $at_once * baseline and peak >= $times * threshold)
),
-- The line at 25 % of the rise may lie outside the island on a slow ramp: look back and ahead while the samples stay beyond it.
beyond as (
  select c.run, c.host, c.metric, c.dimension, c.island, c.from_n, c.to_n, j.n, j.ts,
    case c.worse when 'up' then j.value >= c.first_line else j.value <= c.first_line end as begins,
    case c.worse when 'up' then j.value >= c.line else j.value <= c.line end as lasts
  from chosen as c
  join judged as j using (run, host, metric, dimension)
),
edges as (
  select run, host, metric, dimension, island,
    coalesce(max(n) filter (n < from_n and not begins), 0) as before_n,
    min(n) filter (n > to_n and not lasts) as after_n
  from beyond
  group by all
),
bounds as (
  select e.run, e.host, e.metric, e.dimension, e.island,
    min(b.ts) filter (b.begins and b.n > e.before_n) as onset,
    max(b.n) filter (b.lasts and (e.after_n is null or b.n < e.after_n)) as last_n
  from edges as e
  join beyond as b using (run, host, metric, dimension, island)
  group by all
)
select
  c.run, c.host, c.metric, c.dimension, b.onset, c.peak_ts, j.ts as ended, c.baseline, c.peak,
  least(1000, abs(c.peak - c.baseline) / greatest(c.deviation, abs(c.threshold - c.baseline) / $spread, 1e-9)) as score
from chosen as c
join bounds as b using (run, host, metric, dimension, island)
left join judged as j on j.run = c.run and j.host = c.host and j.metric = c.metric and j.dimension = c.dimension and j.n = b.last_n + 1
-- Two islands on one slope are one episode.
qualify row_number() over (partition by c.run, c.host, c.metric, c.dimension, b.onset order by abs(c.peak - c.baseline) desc, c.peak_ts) = 1
