-- A bad cable: CRC errors for half a minute.
update interface set rx_crc = 600 + 30 * least(greatest(capture_id - 9, 0), 6), rx_errors = 700 + 30 * least(greatest(capture_id - 9, 0), 6);
