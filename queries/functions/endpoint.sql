-- id: endpoint
-- title: An address and a port as ss prints them
create or replace temp macro endpoint(addr, port) as
  case when contains(addr, ':') then '[' || addr || ']' else addr end || ':' || coalesce(port::varchar, '*')
