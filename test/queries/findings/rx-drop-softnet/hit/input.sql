-- The queue of CPU 1 overflows for half a minute, and its budget runs out.
update softnet set dropped = 300 + 200 * least(greatest(capture_id - 9, 0), 6), time_squeeze = 800 + 50 * least(greatest(capture_id - 9, 0), 6) where cpu = 1;
