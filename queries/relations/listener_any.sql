-- id: listener_any
-- title: Listener that takes connections to any address, per port and family
-- why: A dual-stack listener takes IPv4 too, but one of the same family comes first.
-- needs: listener
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   local_port INTEGER port
--   family INTEGER 4 or 6: family of the connections
--   listener VARCHAR the listener that takes them
select run, host, local_port, family, arg_min(listener, preference) as listener
from (
  select run, host, local_port, listener, unnest([4, 6]) as family, local_addr
  from listener
  where wildcard
) as l
join (values (4, '0.0.0.0', 1), (4, '*', 2), (4, '::', 3), (6, '*', 1), (6, '::', 2), (6, '0.0.0.0', 3))
  as p (family, local_addr, preference) using (family, local_addr)
group by all
