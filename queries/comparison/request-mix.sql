-- id: request-mix
-- title: What was asked for
-- why: Runs with another mix of URLs differ for that alone.
-- needs: request
-- params:
--   classes INTEGER 40 - classes kept, most requests first
-- columns:
--   class VARCHAR first part of the path
--   share DOUBLE share of the requests
select class, share
from (
  select regexp_extract(path, '^/[^/?]*') as class, count(*) / sum(count(*)) over () as share
  from request
  group by class
)
order by share desc, class
limit $classes
