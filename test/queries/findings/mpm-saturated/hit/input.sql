-- All 50 workers send for five samples; in two more mod_status does not answer.
update apache_status set busy_workers = 50, idle_workers = 0, sending = 48 where capture_id between 10 and 14;
delete from apache_status where capture_id in (11, 12);
update coverage set status = 'failed' where source = 'apache-status' and capture_id in (11, 12);
update socket set recv_q = 40 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 14;
