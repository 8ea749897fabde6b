import type { Source } from '../source.ts';
import { PacketDropParser } from './parse.ts';

/** Where in the kernel packets were dropped. */
export const source: Source = {
  id: 'packet-drop',
  title: 'Dropped packets by place (dropwatch)',
  docs: 'https://man7.org/linux/man-pages/man1/dropwatch.1.html',
  members: ['dropwatch*', '*-dropwatch', '*_dropwatch'],
  opening: /^(?:dropwatch> start|Initi?ali?zing kallsyms db$)/,
  tables: [
    {
      name: 'packet_drop',
      comment:
        'Packets the kernel dropped at one place, as dropwatch reported them; a place comes again with each report.',
      columns: [
        {
          name: 'location',
          type: 'VARCHAR',
          comment: 'Function and offset: tcp_v4_rcv+80; the address where it is not known.',
        },
        { name: 'drops', type: 'BIGINT', unit: 'packets', comment: 'Packets in this report.' },
        {
          name: 'address',
          type: 'VARCHAR',
          comment: 'Address of the instruction.',
          nullWhen: 'a device dropped the packet',
        },
        {
          name: 'origin',
          type: 'VARCHAR',
          comment: 'software or hardware.',
          nullWhen: 'an older dropwatch, which does not print it',
        },
      ],
    },
  ],
  parse: (_context, tables) => new PacketDropParser(tables.of('packet_drop')),
};
