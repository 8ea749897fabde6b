-- Invalid packets, but a tiny share of a busy card; and a count from long ago.
update conntrack_stat set invalid = 70000 + 30 * least(greatest(capture_id - 9, 0), 6);
update interface set rx_packets = 1000000 + 500000 * capture_id;
