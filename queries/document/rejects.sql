-- id: rejects
-- title: Examples of lines that could not be read
-- needs: reject, capture
-- params:
--   examples INTEGER 20 lines lines shown
-- columns:
--   capture VARCHAR capture
--   source VARCHAR source
--   member VARCHAR file
--   line_no BIGINT line
--   reason VARCHAR why
--   excerpt VARCHAR the line, cut
select c.source_path as capture, r.source, r.member, r.line_no, r.reason, r.excerpt
from reject as r
join capture as c using (capture_id)
-- One of each kind first.
order by row_number() over (partition by r.source, r.reason order by c.ts, r.member, r.line_no), r.source, r.reason, c.ts, r.member, r.line_no
limit $examples
