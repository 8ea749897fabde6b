-- ListenBacklog asks for 16384, somaxconn cuts it to 128, and the queue passes half of that.
update socket set send_q = 128 where state = 'LISTEN' and local_port = 80;
update socket set recv_q = 90 where state = 'LISTEN' and local_port = 80 and capture_id = 12;
update setting set value = '16384' where key = 'ListenBacklog';
update sysctl set value = '128' where key = 'net.core.somaxconn';
