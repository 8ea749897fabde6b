-- id: facts
-- title: What each run was recorded of, and by what
-- why: A difference of host, kernel or boot explains a difference of any metric.
-- needs: capture
-- columns:
--   run VARCHAR run
--   host VARCHAR host
--   kernel VARCHAR kernel release
--   os VARCHAR distribution
--   cpus INTEGER processors
--   collector VARCHAR program that recorded it
--   boots BIGINT boots seen within the run
--   boot VARCHAR first boot id
--   first_ts TIMESTAMP first sample
--   last_ts TIMESTAMP last sample
--   at_ms BIGINT[] samples, milliseconds since 1970
select
  run, host, arg_max(kernel, ts) as kernel, arg_max(os, ts) as os, arg_max(cpus, ts) as cpus, arg_max(collector, ts) as collector,
  count(distinct boot_id) as boots, arg_min(boot_id, ts) as boot, min(ts) as first_ts, max(ts) as last_ts,
  list(epoch_ms(ts) order by ts) as at_ms
from capture
group by run, host
order by first_ts, run, host
