-- Four probes of the collector in a row end after a second without a byte, while connections wait for accept().
update coverage set status = 'failed', note = 'curl: (28) Operation timed out after 1002 milliseconds with 0 bytes received' where source = 'apache-status' and capture_id between 11 and 14;
delete from apache_status where capture_id between 11 and 14;
update socket set recv_q = 40 where state = 'LISTEN' and local_port = 80 and capture_id between 10 and 14;
