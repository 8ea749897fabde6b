-- id: log_bucket
-- title: Whole-second buckets for counting log lines
-- why: A bucket without lines is a zero, which has to be a row; the buckets at the ends are only partly covered and left out.
-- needs: recording
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   ts TIMESTAMP start of the bucket
--   bucket_s BIGINT its length
select
  run, host, bucket_s,
  unnest(generate_series(
    time_bucket(to_seconds(bucket_s), log_from, timestamp '2000-01-01') + case when samples >= 3 then to_seconds(bucket_s) else interval 0 second end,
    time_bucket(to_seconds(bucket_s), log_until, timestamp '2000-01-01') - case when samples >= 3 then to_seconds(bucket_s) else interval 0 second end,
    to_seconds(bucket_s)
  )) as ts
from recording
