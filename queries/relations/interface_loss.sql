-- id: interface_loss
-- title: What each interface lost, between samples
-- why: Cards, drivers and tools count the same loss under several names; the largest of them is the loss.
-- needs: interface, nic_counter, sample
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   ts TIMESTAMP end of the interval
--   seconds DOUBLE its length
--   interface VARCHAR interface
--   received DOUBLE packets received
--   no_room DOUBLE packets for which the card had no room: missed, FIFO, no buffer; null where no such counter was read
--   ring_known BOOLEAN whether a counter of missed packets was read, of the kernel or of the driver
--   damaged DOUBLE packets damaged on the wire, either way; null where no such counter was read
--   dropped DOUBLE received packets that the kernel dropped, without those the card had no room for
-- refs:
--   netstat -i and /proc/net/dev add rx_missed to rx_dropped and do not print it; ip prints both.
with kernel as (
  select s.run, s.host, s.ts, s.seconds, i.name as interface, unnest(['received', 'missed', 'fifo', 'errors', 'dropped']) as counter,
    unnest([i.rx_packets, i.rx_missed, i.rx_fifo, list_sum([i.rx_crc, i.rx_frame, i.tx_carrier, i.tx_aborted]), i.rx_dropped]) as value
  from interface as i
  join sample as s using (capture_id)
  where i.name <> 'lo'
),
-- Counters of queues are added up, by name: a driver has them beside or instead of a total.
driver as (
  select s.run, s.host, s.ts, any_value(s.seconds) as seconds, n.interface,
    case when regexp_matches(n.name, 'crc|align|symbol|carrier|tx_aborted') then 'driver damaged ' else 'driver no room ' end || case when n.queue is null then n.name else 'of queues ' || regexp_replace(n.name, '\d+', '', 'g') end as counter,
    sum(n.value) as value
  from nic_counter as n
  join sample as s using (capture_id)
  where n.interface is not null and n.value >= 0
    and regexp_matches(n.name, '^rx.*(missed|no_buf|nobuf|no_desc|fifo|out_of_buffer|ring_full|no_dma)|^(rx_)?(crc|align|symbol).*err|^tx_(carrier|aborted)')
  group by all
),
grown as (
  select run, host, ts, interface, counter, seconds, value - lag(value) over series as growth, seconds_between(lag(ts) over series, ts) as elapsed
  from (from kernel where value is not null union all by name from driver)
  window series as (partition by run, host, interface, counter order by ts)
),
lost as (
  select run, host, ts, max(elapsed) as seconds, interface,
    max(growth) filter (counter = 'received') as received,
    max(growth) filter (counter in ('missed', 'fifo') or starts_with(counter, 'driver no room')) as no_room,
    max(growth) filter (starts_with(counter, 'driver no room')) as driver_no_room,
    max(growth) filter (counter = 'missed') as missed,
    max(growth) filter (counter = 'errors' or starts_with(counter, 'driver damaged')) as damaged,
    max(growth) filter (counter = 'dropped') as dropped
  from grown
  where growth >= 0 and elapsed > 0 and seconds is not null
  group by all
)
select run, host, ts, seconds, interface, received::double as received, no_room::double as no_room, missed is not null or driver_no_room is not null as ring_known, damaged::double as damaged,
  greatest(0, dropped - case when missed is null then coalesce(driver_no_room, 0) else 0 end)::double as dropped
from lost
