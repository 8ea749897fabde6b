-- Five frames a second that nobody wants.
update interface set rx_dropped = 9000 + 25 * capture_id;
