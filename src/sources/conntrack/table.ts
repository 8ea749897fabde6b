import type { Column, Table } from '../../base/table.ts';

const NO_PORTS = 'the protocol has no ports (icmp, gre, unknown)';
const NO_ACCOUNTING = 'nf_conntrack_acct was off when the flow began';

const COLUMNS: readonly Column[] = [
  { name: 'l3proto', type: 'VARCHAR', comment: 'ipv4 or ipv6; told by the address where it is not printed.' },
  { name: 'l4proto', type: 'VARCHAR', comment: 'tcp, udp, icmp, icmpv6, gre, sctp, dccp, udplite or unknown.' },
  {
    name: 'state',
    type: 'VARCHAR',
    comment: 'State of the tracked flow, not of a socket: SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, ….',
    nullWhen: 'the protocol has none (udp, icmp, gre)',
  },
  {
    name: 'timeout_s',
    type: 'INTEGER',
    unit: 's',
    comment: 'Time until the entry is dropped if nothing passes.',
    nullWhen: 'offloaded flows carry none',
  },
  { name: 'src', type: 'VARCHAR', comment: 'Source of the first packet.' },
  { name: 'dst', type: 'VARCHAR', comment: 'Destination of the first packet, before NAT.' },
  { name: 'sport', type: 'INTEGER', comment: 'Source port of the first packet.', nullWhen: NO_PORTS },
  { name: 'dport', type: 'INTEGER', comment: 'Destination port of the first packet.', nullWhen: NO_PORTS },
  {
    name: 'reply_src',
    type: 'VARCHAR',
    comment: 'Source of replies; other than dst when the destination is translated.',
  },
  {
    name: 'reply_dst',
    type: 'VARCHAR',
    comment: 'Destination of replies; other than src when the source is translated.',
  },
  { name: 'reply_sport', type: 'INTEGER', comment: 'Source port of replies.', nullWhen: NO_PORTS },
  { name: 'reply_dport', type: 'INTEGER', comment: 'Destination port of replies.', nullWhen: NO_PORTS },
  {
    name: 'assured',
    type: 'BOOLEAN',
    comment: 'Traffic went both ways; such an entry is not evicted when the table is full.',
    nullWhen: 'the flow is offloaded, which is printed instead',
  },
  { name: 'unreplied', type: 'BOOLEAN', comment: 'No reply was seen yet.' },
  { name: 'packets', type: 'BIGINT', comment: 'Packets in the original direction.', nullWhen: NO_ACCOUNTING },
  {
    name: 'bytes',
    type: 'BIGINT',
    unit: 'bytes',
    comment: 'Bytes in the original direction.',
    nullWhen: NO_ACCOUNTING,
  },
  { name: 'reply_packets', type: 'BIGINT', comment: 'Packets in the reply direction.', nullWhen: NO_ACCOUNTING },
  {
    name: 'reply_bytes',
    type: 'BIGINT',
    unit: 'bytes',
    comment: 'Bytes in the reply direction.',
    nullWhen: NO_ACCOUNTING,
  },
  { name: 'mark', type: 'BIGINT', comment: 'Mark set by rules.', nullWhen: 'the kernel is built without marks' },
  { name: 'zone', type: 'INTEGER', comment: 'Conntrack zone; 0 where none is printed.' },
  {
    name: 'zone_direction',
    type: 'VARCHAR',
    comment: 'The direction the zone is for: original (zone-orig=) or reply (zone-reply=).',
    nullWhen: 'the zone is for both',
  },
  {
    name: 'id',
    type: 'BIGINT',
    comment: 'Id of the entry.',
    nullWhen: 'the tool ran without -o id, or the entry is from /proc',
  },
  {
    name: 'age_s',
    type: 'INTEGER',
    unit: 's',
    comment: 'Time since the flow began (printed as delta-time).',
    nullWhen: 'nf_conntrack_timestamp was off when the flow began',
  },
  {
    name: 'helper',
    type: 'VARCHAR',
    comment: 'Helper that reads the flow for further connections: ftp, sip, ….',
    nullWhen: 'it has none, or the entry is from /proc',
  },
  {
    name: 'labels',
    type: 'VARCHAR',
    comment: 'Labels set by rules, separated by commas.',
    nullWhen: 'it has none, or they were not asked for',
  },
  {
    name: 'offload',
    type: 'VARCHAR',
    comment: 'software or hardware: packets of the flow pass the tracker by.',
    nullWhen: 'the flow is not offloaded, or from -o xml or save',
  },
];

/** One row a connection tracking entry. */
export const CONNTRACK_TABLE: Table = {
  name: 'conntrack',
  comment: 'An entry of the connection tracking table; a dump is not atomic.',
  columns: COLUMNS,
};

/** One row an event of an entry: the entry as it was then. */
export const CONNTRACK_EVENT_TABLE: Table = {
  name: 'conntrack_event',
  comment: 'An entry of the connection tracking table as it was made, changed or removed.',
  columns: [
    {
      name: 'ts',
      type: 'TIMESTAMP',
      comment: 'When the tool was told of it.',
      nullWhen: 'it ran without -o timestamp',
    },
    { name: 'event', type: 'VARCHAR', comment: 'new, update or destroy.' },
    ...COLUMNS,
  ],
};
