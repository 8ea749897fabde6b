-- 1,000 workers of 10 MB on 8 GB; nothing has happened yet.
update setting set value = '1000' where key = 'MaxRequestWorkers';
