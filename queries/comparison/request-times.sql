-- id: request-times
-- title: Time of requests by URL class and bucket, as histograms
-- why: A quantile of a side is not the mean of its buckets' quantiles: what is resampled are blocks of requests.
-- needs: request
-- params:
--   classes INTEGER 8 - URL classes kept, most requests first
--   width DOUBLE 0.02 - width of a bin, as the logarithm of the time: a quantile is right within a percent
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   class VARCHAR first part of the path; empty for all requests
--   bucket_ms BIGINT start of the log bucket, milliseconds since 1970
--   bins INTEGER[] bin: logarithm of the time in seconds, divided by the width, rounded down
--   counts INTEGER[] requests in each
with timed as (
  select run, host, bucket, regexp_extract(path, '^/[^/?]*') as class, floor(ln(greatest(duration_s, 1e-6)) / $width)::integer as bin
  from request
  where duration_s is not null
),
kept as (
  select class from timed where class <> '' group by class having count(*) >= 200
  qualify row_number() over (order by count(*) desc, class) <= $classes
),
classed as (
  select run, host, bucket, '' as class, bin from timed
  union all
  select run, host, bucket, class, bin from timed semi join kept using (class)
),
counted as (select run, host, class, bucket, bin, count(*)::integer as n from classed group by all)
select run, host, class, epoch_ms(bucket) as bucket_ms, list(bin order by bin) as bins, list(n order by bin) as counts
from counted
group by run, host, class, bucket
order by class, host, run, bucket
