import type { Column, Table } from '../base/table.ts';

const INTERFACE: Column = {
  name: 'interface',
  type: 'VARCHAR',
  comment: 'Name of the interface.',
  nullWhen: 'neither the output nor the name of its file says',
};

/** One row a counter of a card, or of the interface on it. */
export const NIC_COUNTER_TABLE: Table = {
  name: 'nic_counter',
  comment:
    'A counter that a network driver keeps (ethtool -S), under the name it gives it, or that the kernel keeps for one interface (/proc/net/dev_snmp6).',
  columns: [
    INTERFACE,
    {
      name: 'name',
      type: 'VARCHAR',
      comment:
        "The driver's name: rx_missed_errors, rx_queue_0_drops; without the queue in brackets before it. The kernel's: Ip6InReceives.",
    },
    { name: 'value', type: 'BIGINT', comment: 'The value; some drivers print a name twice, and -1 without its sign.' },
    {
      name: 'queue',
      type: 'INTEGER',
      comment: 'The queue the counter is of.',
      nullWhen: 'it is of the whole card, or its name does not say in a known way',
    },
  ],
};

/** One row a setting of a card. */
export const NIC_SETTING_TABLE: Table = {
  name: 'nic_setting',
  comment: 'A setting of a network card, as ethtool prints it.',
  columns: [
    INTERFACE,
    { name: 'kind', type: 'VARCHAR', comment: 'link, ring, channel, feature, coalesce, pause or driver.' },
    { name: 'key', type: 'VARCHAR', comment: 'RX, Speed, tx-checksumming, …' },
    { name: 'value', type: 'VARCHAR', comment: '256, 1000Mb/s, on, …; n/a where the driver has none.' },
    {
      name: 'maximum',
      type: 'VARCHAR',
      comment: 'Most the card could have.',
      nullWhen: 'not a ring or channel, or the driver does not say',
    },
    {
      name: 'note',
      type: 'VARCHAR',
      comment: 'Of a feature, what ethtool adds in brackets: fixed, requested on.',
      nullWhen: 'nothing is added',
    },
  ],
};
