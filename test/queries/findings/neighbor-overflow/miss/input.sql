-- Packets are discarded on the way out for another reason: the kernel says nothing of neighbours.
insert into counter by name
select n as capture_id, 'h' as host, sample_ts(n) as ts, 'IpOutDiscards' as name, 100 + 50 * least(greatest(n - 9, 0), 6) as value from range(25) as t (n);
