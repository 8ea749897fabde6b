-- One packet in one interval.
update softnet set dropped = 301 where cpu = 1 and capture_id >= 10;
