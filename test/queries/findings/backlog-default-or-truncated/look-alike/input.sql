-- The default limit of 511 on a listener whose queue was never used: nothing to do.
update socket set send_q = 511 where state = 'LISTEN' and local_port = 80;
update setting set value = '511' where key = 'ListenBacklog';
