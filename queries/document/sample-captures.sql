-- id: sample-captures
-- title: The capture of each sample
-- why: A value of a metric at the time of a sample stands in the files of that sample.
-- needs: sample
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   ts TIMESTAMP when the sample was taken
--   capture VARCHAR the archive and folder it came from; of two at the same time the first by name
select run, host, ts, min(source_path) as capture
from sample
group by run, host, ts
order by host, run, ts
