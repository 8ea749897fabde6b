-- id: incident
-- title: When each host was in trouble
-- why: What made up a rise is compared with what precedes the incident, not with what precedes the rise.
-- needs: finding, recording
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   onset TIMESTAMP first onset of a finding above info that is a cause or a symptom
--   ended TIMESTAMP last end of one; the end of the recording where one still goes on
select f.run, f.host, min(f.onset) as onset, max(coalesce(f.ended, r.last_ts)) as ended
from finding as f
join recording as r using (run, host)
-- What stands in the way all the time, a setting, has no beginning here.
where f.severity <> 'info' and f.role <> 'context'
group by f.run, f.host
