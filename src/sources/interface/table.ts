import type { Column, Table } from '../../base/table.ts';

const OLD_OR_SHORT = 'the tool or kernel does not print it';

function counter(name: string, unit: string, comment: string): Column {
  return { name, type: 'BIGINT', unit, comment, nullWhen: OLD_OR_SHORT };
}

/** One network interface in one sample, whichever tool printed it. */
export const INTERFACE_TABLE: Table = {
  name: 'interface',
  comment: 'Counters of a network interface since it was made; netstat -i and /proc/net/dev fold some into others.',
  columns: [
    {
      name: 'name',
      type: 'VARCHAR',
      comment: 'eth0, without @parent; cut short by old netstat and ifconfig (enp0s31f).',
    },
    {
      name: 'state',
      type: 'VARCHAR',
      comment: 'Operational state: UP, DOWN, UNKNOWN (loopback), LOWERLAYERDOWN, …',
      nullWhen: 'netstat -i, ifconfig or /proc/net/dev',
    },
    { name: 'mtu', type: 'INTEGER', unit: 'bytes', comment: 'Largest packet.', nullWhen: '/proc/net/dev' },
    counter('rx_bytes', 'bytes', 'Received.'),
    counter('rx_packets', 'packets', 'Received.'),
    counter('rx_errors', 'packets', 'Received bad, all kinds.'),
    counter('rx_dropped', 'packets', 'Dropped by the kernel; netstat -i and /proc/net/dev add rx_missed to it.'),
    counter('rx_missed', 'packets', 'Lost because the ring of the card was full.'),
    counter('rx_overrun', 'packets', 'Too long for the ring (rx_over_errors).'),
    counter('rx_crc', 'packets', 'Bad checksum on the wire.'),
    counter('rx_frame', 'packets', 'Misaligned; in /proc/net/dev also length, overrun and CRC errors.'),
    counter('rx_fifo', 'packets', 'FIFO overrun; RX-OVR of netstat -i, overruns of ifconfig.'),
    counter('rx_length', 'packets', 'Of a wrong length.'),
    counter('rx_nohandler', 'packets', 'Nobody wanted them (an inactive bonding slave).'),
    counter('rx_otherhost', 'packets', 'Addressed to another host, and dropped.'),
    counter('multicast', 'packets', 'Multicast received.'),
    counter('tx_bytes', 'bytes', 'Sent.'),
    counter('tx_packets', 'packets', 'Sent.'),
    counter('tx_errors', 'packets', 'Not sent, all kinds of error.'),
    counter('tx_dropped', 'packets', 'Dropped before sending.'),
    counter('tx_carrier', 'packets', 'Carrier lost; in /proc/net/dev also aborted, window and heartbeat errors.'),
    counter('tx_collisions', 'packets', 'Collisions: half duplex.'),
    counter('tx_aborted', 'packets', 'Given up.'),
    counter('tx_fifo', 'packets', 'FIFO underrun; TX-OVR of netstat -i, overruns of ifconfig.'),
    counter('tx_window', 'packets', 'Late collisions.'),
    counter('tx_heartbeat', 'packets', 'Heartbeat errors.'),
    { name: 'carrier_changes', type: 'BIGINT', comment: 'Times the link went up or down.', nullWhen: OLD_OR_SHORT },
  ],
};
