-- id: runs
-- title: Runs of the case
-- needs: recording
-- columns:
--   name VARCHAR name of the run
--   host VARCHAR host
--   start TIMESTAMP first sample
--   end TIMESTAMP last sample, or last log line of a single one
--   captures BIGINT samples
--   interval_s DOUBLE median distance of samples; null for a single one
select run as name, host, case when samples >= 3 then first_ts else least(first_ts, log_from) end as start,
  greatest(last_ts, case when samples >= 3 then last_ts else log_until end) as "end", samples as captures, interval_s
from recording
order by run, host
