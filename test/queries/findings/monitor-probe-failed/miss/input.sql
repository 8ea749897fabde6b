-- One probe that took too long is no outage.
update coverage set status = 'failed', note = 'curl: (28) Operation timed out after 1002 milliseconds with 0 bytes received' where source = 'apache-status' and capture_id = 11;
delete from apache_status where capture_id = 11;
