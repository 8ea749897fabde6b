-- id: clock
-- title: The time of day of a timestamp, to the second
create or replace temp macro clock(at_time) as strftime(at_time, '%H:%M:%S')
