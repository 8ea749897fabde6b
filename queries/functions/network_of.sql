-- id: network_of
-- title: The network an address is taken to be in: /24, or /48 of IPv6
create or replace temp macro network_of(addr) as
  case when contains(addr, ':') then regexp_extract(addr, '^[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F]*') || '::/48'
    else regexp_extract(addr, '^\d+\.\d+\.\d+') || '.0/24' end
