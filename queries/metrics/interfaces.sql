-- id: interfaces
-- title: Interface drops, errors and traffic
-- why: Loss below TCP: in the card, on the wire, or counted where no protocol wanted the frame.
-- needs: interface, sample, interface_loss
-- metrics:
--   interface_rx_dropped /s rate up 10 measured Received packets dropped
--   interface_rx_errors /s rate up 1 0 Receive errors
--   interface_rx_missed /s rate up 1 0 Packets the card had no room for
--   interface_rx_no_room /s rate up 1 0 Packets the card had no room for, by whichever counter saw most
--   interface_damaged /s rate up 1 0 Packets damaged on the wire
--   interface_tx_dropped /s rate up 1 measured Packets dropped on the way out
--   interface_tx_errors /s rate up 1 0 Transmit errors
--   interface_rx_packets /s rate none 0 measured Packets received
--   interface_tx_packets /s rate none 0 measured Packets sent
with value as (
  select s.run, s.host, s.ts, s.seconds, i.name as dimension,
    unnest(['rx_dropped', 'rx_errors', 'rx_missed', 'tx_dropped', 'tx_errors', 'rx_packets', 'tx_packets']) as name,
    unnest([i.rx_dropped, i.rx_errors, i.rx_missed, i.tx_dropped, i.tx_errors, i.rx_packets, i.tx_packets]) as value
  from interface as i
  join sample as s using (capture_id)
),
grown as (
  select *, value - lag(value) over series as growth, seconds_between(lag(ts) over series, ts) as elapsed
  from value
  where value is not null
  window series as (partition by run, host, dimension, name order by ts)
)
select run, host, ts, 'interface_' || name as metric, dimension, 'rate' as kind, growth / elapsed as value
from grown
where growth >= 0 and elapsed > 0 and seconds is not null
union all
select run, host, ts, 'interface_rx_no_room', interface, 'rate', no_room / seconds from interface_loss where no_room is not null
union all
select run, host, ts, 'interface_damaged', interface, 'rate', damaged / seconds from interface_loss where damaged is not null
