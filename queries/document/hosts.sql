-- id: hosts
-- title: Hosts of the case
-- needs: capture
-- columns:
--   name VARCHAR host name
--   kernel VARCHAR kernel release
--   os VARCHAR distribution
--   cpus INTEGER processors
--   zone VARCHAR time zone, as the host abbreviates it, or its offset
--   zone_id VARCHAR time zone by its IANA name
--   zone_offset_min INTEGER minutes east of UTC at the last sample
--   collector VARCHAR program that recorded it
select
  host as name, arg_max(kernel, ts) as kernel, arg_max(os, ts) as os, arg_max(cpus, ts) as cpus,
  arg_max(coalesce(zone_name, case when zone_offset_min = 0 then 'UTC' else printf('%+03d:%02d', zone_offset_min // 60, abs(zone_offset_min) % 60) end), ts) as zone,
  arg_max(zone, ts) as zone_id, arg_max(zone_offset_min, ts) as zone_offset_min,
  arg_max(collector, ts) as collector
from capture
group by host
order by host
