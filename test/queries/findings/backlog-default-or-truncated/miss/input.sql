-- A default whose queue stays empty needs nothing.
update socket set send_q = 511 where state = 'LISTEN' and local_port = 80;
update setting set value = '511' where key = 'ListenBacklog';
