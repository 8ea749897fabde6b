-- id: source_moment
-- title: The samples in which every client address is counted
-- why: What is usual among clients is seen in some samples of a long recording as well as in all.
-- needs: socket, conntrack, sample
-- params:
--   points INTEGER 60 samples most samples that are chosen, evenly spread: as many with a listing of conntrack as without
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   capture_id INTEGER the sample; one with sockets or tracked connections
--   ts TIMESTAMP when
--   dumped BOOLEAN whether conntrack was listed
--   chosen BOOLEAN whether every client is counted
with dumped as (select distinct capture_id from conntrack),
looked as (select capture_id from dumped union select distinct capture_id from socket),
ordered as (
  select s.run, s.host, s.capture_id, s.ts, s.ordinal, d.capture_id is not null as dumped
  from sample as s
  semi join looked using (capture_id)
  left join dumped as d using (capture_id)
)
select run, host, capture_id, ts, dumped, (row_number() over series - 1) % ceil(count(*) over (partition by run, host, dumped) / $points::double) = 0 as chosen
from ordered
window series as (partition by run, host, dumped order by ordinal)
