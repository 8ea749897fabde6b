-- id: coverage
-- title: What each source gave, over all samples
-- needs: capture, coverage
-- columns:
--   host VARCHAR host
--   source VARCHAR source
--   samples JSON samples by status
--   lines BIGINT lines read
--   rows BIGINT rows made
--   known BIGINT lines that carry no row by nature: headers, blanks
--   rejects BIGINT lines that could not be read
--   bytes BIGINT bytes
--   note VARCHAR most frequent note
--   strip JSON status sample by sample, for sources that were read in some samples and could not be in others
with per_sample as (
  -- A source with several members is collected when one of them is.
  select host, source, capture_id,
    arg_min(status, list_position(['truncated', 'failed', 'collected', 'empty', 'skipped', 'absent'], status)) as status
  from coverage
  group by all
),
statuses as (
  select host, source, to_json(map_from_entries(list((status, samples) order by status))) as samples
  from (select host, source, status, count(*) as samples from per_sample group by all)
  group by all
),
strips as (
  select p.host, p.source, to_json({'at': list(epoch_ms(c.ts) order by c.ts, capture_id), 'status': list(p.status order by c.ts, capture_id)}) as strip
  from per_sample as p
  join capture as c using (capture_id)
  group by all
  having bool_or(p.status in ('failed', 'truncated', 'absent')) and bool_or(p.status in ('collected', 'empty'))
),
notes as (
  select host, source, note
  from coverage
  where note is not null
  group by host, source, note
  qualify row_number() over (partition by host, source order by count(*) desc, note) = 1
)
select s.host, s.source, s.samples, coalesce(c.lines, 0) as lines, coalesce(c.rows, 0) as rows, coalesce(c.known, 0) as known, coalesce(c.rejects, 0) as rejects,
  coalesce(c.bytes, 0) as bytes, n.note, t.strip
from statuses as s
join (
  select host, source, sum(lines)::bigint as lines, sum(rows)::bigint as rows, sum(known)::bigint as known, sum(rejects)::bigint as rejects, sum(bytes)::bigint as bytes
  from coverage
  group by all
) as c using (host, source)
left join notes as n using (host, source)
left join strips as t using (host, source)
order by host, source
