import type { Source } from '../source.ts';
import { SsSummaryParser } from './parse.ts';

/** How many sockets there are, where they are too many to list or nobody listed them. */
export const source: Source = {
  id: 'ss-summary',
  title: 'Socket summary (ss -s)',
  docs: 'https://man7.org/linux/man-pages/man8/ss.8.html',
  members: ['ss-s.txt', 'ss_s.txt', 'ss-s-*.txt', 'ss_-s*', 'ss-summary*.txt', '**/sos_commands/networking/ss_-s'],
  opening: /^Total: +\d{1,15}(?: +\(kernel \d{1,15}\))? *$/,
  tables: [
    {
      name: 'socket_summary',
      comment: 'A number of `ss -s`.',
      columns: [
        {
          name: 'protocol',
          type: 'VARCHAR',
          comment: 'all (every family, local sockets too), RAW, UDP, TCP, INET (those three together), FRAG.',
        },
        {
          name: 'key',
          type: 'VARCHAR',
          comment:
            'total; of TCP estab, closed (not in use, those in TIME_WAIT among them), orphaned, timewait, synrecv, ports; in_use, in_use_ip, in_use_ipv6 of a transport; with _kernel what the slab allocator counts.',
        },
        { name: 'value', type: 'BIGINT', comment: 'A count.' },
      ],
    },
  ],
  parse: (_context, tables) => new SsSummaryParser(tables.of('socket_summary')),
};
