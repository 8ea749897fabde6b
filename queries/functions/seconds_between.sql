-- id: seconds_between
-- title: Seconds from one timestamp to another, as a DOUBLE
create or replace temp macro seconds_between(earlier, later) as (epoch_us(later) - epoch_us(earlier)) / 1000000.0
