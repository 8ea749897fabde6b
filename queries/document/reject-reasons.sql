-- id: reject-reasons
-- title: Lines that could not be read, by source and reason
-- needs: reject, coverage, capture
-- columns:
--   source VARCHAR source that tried
--   reason VARCHAR why
--   lines BIGINT lines that were kept
--   at_least BOOLEAN whether there are more, of which only the number over all reasons is known
--   capture VARCHAR capture of the first one
--   member VARCHAR its file
--   line_no BIGINT its line
--   excerpt VARCHAR the line, cut
with counted as (
  select source, sum(rejects) as rejects
  from coverage
  group by source
),
kept as (
  select r.source, r.reason, count(*) as lines, arg_min({'capture': c.source_path, 'member': r.member, 'line_no': r.line_no, 'excerpt': r.excerpt}, (c.ts, c.source_path, r.member, r.line_no)) as first
  from reject as r
  join capture as c using (capture_id)
  group by r.source, r.reason
)
select k.source, k.reason, k.lines, t.rejects > sum(k.lines) over (partition by k.source) as at_least,
  k.first.capture as capture, k.first.member as member, k.first.line_no as line_no, k.first.excerpt as excerpt
from kept as k
join counted as t using (source)
order by k.lines desc, k.source, k.reason
