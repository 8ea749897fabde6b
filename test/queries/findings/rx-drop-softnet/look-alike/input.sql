-- The budget runs out all the time: that alone is no loss.
update softnet set time_squeeze = 800 + 500 * capture_id;
