-- id: talkers
-- title: Clients with most requests
-- why: A side may differ because other clients came.
-- needs: request
-- params:
--   clients INTEGER 200 - clients kept, most requests first
-- columns:
--   client VARCHAR client address
--   share DOUBLE share of the requests
select client, share
from (select client, count(*) / sum(count(*)) over () as share from request where client is not null group by client)
order by share desc, client
limit $clients
