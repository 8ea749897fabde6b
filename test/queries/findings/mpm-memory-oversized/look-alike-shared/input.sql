-- By RSS the 1,000 workers do not fit; most of it is shared, and the host has room: told, not blamed.
update setting set value = '1000' where key = 'MaxRequestWorkers';
update process set pss_bytes = null;
