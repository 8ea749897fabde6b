-- Messages that mean what they say: a link that goes down and comes up, and a program that crashes.
insert into kernel_log by name
select 10 as capture_id, 'h' as host, sample_ts(10) + to_seconds(i) as ts, 'boot' as boot_id, 100.0 + i as boot_s, message, event, interface as event_interface, 'dmesg.txt' as member, i + 1 as line_no
from (values (0, 'igb 0000:01:00.0 eth0: NIC Link is Down', 'link', 'eth0'), (3, 'igb 0000:01:00.0 eth0: NIC Link is Up 1000 Mbps Full Duplex', 'link', 'eth0'),
  (5, 'php-fpm[812]: segfault at 8 ip 00007f3a sp 00007ffc error 4', 'segv', null)) as k (i, message, event, interface);
