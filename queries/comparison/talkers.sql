-- id: talkers
-- title: Who asked, for what, and where connections came in
-- why: A side may differ because others came, or came for something else.
-- needs: request, socket_count
-- params:
--   names INTEGER 1000 - names kept of each kind, largest first
-- columns:
--   kind VARCHAR client, network, url, virtual-host or listener
--   name VARCHAR name
--   share DOUBLE share of the requests; of a listener, of the sockets at listeners
--   total DOUBLE requests of the side; of listeners, sockets in a sample
with asked as (
  select client, network(client) as network, path, vhost, count(*) as n
  from request
  group by all
),
named as (
  select unnest(['client', 'network', 'url', 'virtual-host']) as kind, unnest([client, network, path, vhost]) as name, n::double as n
  from asked
  union all
  select 'listener', listener, sockets / (select count(distinct capture_id) from socket_count)
  from socket_count
  where listener is not null and not loopback
),
summed as (select kind, name, sum(n) as n from named where name is not null group by kind, name)
select kind, name, n / sum(n) over (partition by kind) as share, sum(n) over (partition by kind) as total
from summed
qualify row_number() over (partition by kind order by n desc, name) <= $names
order by kind, share desc, name
