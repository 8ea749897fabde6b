-- id: in_network
-- title: Whether an address is, or is in, an IPv4 network (10.0.0.0/8)
create or replace temp macro in_network(addr, network) as
  addr = network or coalesce(
    contains(network, '/') and contains(network, '.') and contains(addr, '.')
      and list_reduce(list_transform(string_split(addr, '.'), x -> coalesce(try_cast(x as bigint), 0)), (p, x) -> p * 256 + x)
        >> (32 - least(32, try_cast(split_part(network, '/', 2) as integer)))
      = list_reduce(list_transform(string_split(split_part(network, '/', 1), '.'), x -> coalesce(try_cast(x as bigint), 0)), (p, x) -> p * 256 + x)
        >> (32 - least(32, try_cast(split_part(network, '/', 2) as integer))),
    false)
