-- The table was flushed: running connections are invalid until they are picked up again.
update conntrack_fill set entries = 100 where capture_id >= 10;
update conntrack_stat set invalid = 100 * least(greatest(capture_id - 9, 0), 6);
