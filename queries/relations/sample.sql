-- id: sample
-- title: Samples in order, each with the one before
-- why: Rates need the time since the previous sample, and must not cross a reboot.
-- needs: capture
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host of the sample
--   capture_id INTEGER the sample
--   ts TIMESTAMP when it was taken
--   ordinal BIGINT place in the run, from 1
--   previous_ts TIMESTAMP the sample before; null for the first, and after a reboot
--   seconds DOUBLE time since the sample before
--   source_path VARCHAR the archive and folder it came from
with ordered as (
  select
    run, host, capture_id, ts, source_path, boot_id,
    row_number() over series as ordinal,
    lag(ts) over series as before_ts,
    lag(boot_id) over series as before_boot
  from capture
  window series as (partition by run, host order by ts, capture_id)
)
select
  run, host, capture_id, ts, ordinal, source_path,
  case when boot_id is not distinct from before_boot then before_ts end as previous_ts,
  case when boot_id is not distinct from before_boot and before_ts < ts then seconds_between(before_ts, ts) end as seconds
from ordered
