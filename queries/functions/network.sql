-- id: network
-- title: The network of an address: /24, /64 for IPv6; a name stays a name
create or replace temp macro network(addr) as
  case
    when contains(addr, ':') then regexp_extract(addr, '^[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{1,4}){0,3}') || '::/64'
    else regexp_replace(addr, '^(\d+\.\d+\.\d+)\.\d+$', '\1.0/24')
  end
