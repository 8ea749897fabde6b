-- Drops beside packets the card missed: a loss.
update interface set rx_dropped = 9000 + 25 * capture_id, rx_missed = 4000 + 25 * capture_id;
