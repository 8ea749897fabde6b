-- Three quarters full is no loss; insert_failed alone is a clash, not a full table.
update conntrack_fill set entries = 49152 where capture_id between 10 and 15;
update conntrack_stat set insert_failed = 50 * capture_id;
