-- id: is_loopback
-- title: Whether an address is of the loopback interface
create or replace temp macro is_loopback(addr) as coalesce(starts_with(addr, '127.') or addr = '::1', false)
