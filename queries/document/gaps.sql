-- id: gaps
-- title: Gaps in the sampling
-- needs: sample, recording
-- params:
--   times DOUBLE 2 - intervals from which a distance is a gap
-- columns:
--   host VARCHAR host
--   start TIMESTAMP last sample before
--   end TIMESTAMP first sample after
select s.host, s.previous_ts as start, s.ts as "end"
from sample as s
join recording as r using (run, host)
where s.seconds > $times * r.interval_s
order by s.host, s.ts
