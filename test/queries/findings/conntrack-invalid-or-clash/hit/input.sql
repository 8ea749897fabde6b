-- A fiftieth of the packets fits no connection for half a minute.
update conntrack_stat set invalid = 100 * least(greatest(capture_id - 9, 0), 6);
