-- One busy moment is no lack of workers, and mod_status that does not answer proves none by itself.
update apache_status set busy_workers = 50, idle_workers = 0 where capture_id = 10;
delete from apache_status where capture_id between 15 and 18;
update coverage set status = 'failed' where source = 'apache-status' and capture_id between 15 and 18;
