import type { Source } from '../source.ts';
import { SoftnetParser } from './parse.ts';

/** How each CPU kept up with received packets. */
export const source: Source = {
  id: 'softnet',
  title: 'Packet backlog of each CPU (/proc/net/softnet_stat)',
  docs: 'https://docs.kernel.org/networking/scaling.html',
  members: ['proc-net-softnet_stat.txt', 'proc_net_softnet_stat*.txt', '**/proc/net/softnet_stat'],
  opening: /^[0-9a-f]{8}(?: [0-9a-f]{8}){8,14}\s*$/,
  tables: [
    {
      name: 'softnet',
      comment: 'Receive counters of one CPU since boot; they are 32 bits wide and wrap.',
      columns: [
        {
          name: 'cpu',
          type: 'INTEGER',
          comment: 'CPU; on kernels before 5.10 the number of the line, which is not the CPU when some are offline.',
        },
        { name: 'processed', type: 'BIGINT', unit: 'packets', comment: 'Packets processed.' },
        {
          name: 'dropped',
          type: 'BIGINT',
          unit: 'packets',
          comment: 'Packets dropped because the backlog of the CPU was full.',
        },
        {
          name: 'time_squeeze',
          type: 'BIGINT',
          comment: 'Times the budget ran out with work left; nothing is lost by it.',
        },
        {
          name: 'received_rps',
          type: 'BIGINT',
          comment: 'Times another CPU woke this one to process packets.',
          nullWhen: 'the kernel is older than 2.6.35',
        },
        {
          name: 'flow_limit',
          type: 'BIGINT',
          unit: 'packets',
          comment: 'Packets dropped by the flow limit.',
          nullWhen: 'the kernel is older than 3.11',
        },
        {
          name: 'backlog',
          type: 'BIGINT',
          unit: 'packets',
          comment: 'Packets waiting in the backlog at this moment.',
          nullWhen: 'the kernel does not print it',
        },
      ],
    },
  ],
  parse: (_context, tables) => new SoftnetParser(tables.of('softnet')),
};
