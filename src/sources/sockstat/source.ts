import type { Source } from '../source.ts';
import { SockstatParser } from './parse.ts';

/** Sockets and their memory, counted by the kernel. */
export const source: Source = {
  id: 'sockstat',
  title: 'Socket counts (/proc/net/sockstat)',
  docs: 'https://man7.org/linux/man-pages/man5/proc_pid_net.5.html',
  members: ['proc-net-sockstat.txt', 'proc-net-sockstat6.txt', 'proc_net_sockstat*.txt', '**/proc/net/sockstat*'],
  opening: /^(?:sockets: used|TCP6: inuse) \d+\s*$/,
  tables: [
    {
      name: 'sockstat',
      comment: 'A number of /proc/net/sockstat or sockstat6.',
      columns: [
        { name: 'protocol', type: 'VARCHAR', comment: 'sockets, TCP, UDP, FRAG, TCP6, …' },
        {
          name: 'key',
          type: 'VARCHAR',
          comment: 'inuse; of TCP also tw, orphan, alloc (the last two machine-wide); mem; memory (of FRAG).',
        },
        { name: 'value', type: 'BIGINT', comment: 'A count; mem is in pages, memory in bytes.' },
      ],
    },
  ],
  parse: (_context, tables) => new SockstatParser(tables.of('sockstat')),
};
