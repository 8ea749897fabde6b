import type { Source } from '../source.ts';
import { SysctlParser } from './parse.ts';

/** Kernel settings. */
export const source: Source = {
  id: 'sysctl',
  title: 'Kernel settings (sysctl)',
  docs: 'https://docs.kernel.org/networking/ip-sysctl.html',
  members: ['sysctl.txt', 'sysctl-*.txt', 'sysctl_*.txt', '**/sos_commands/kernel/sysctl_-a'],
  tables: [
    {
      name: 'sysctl',
      comment: 'A kernel setting; network ones are those of the namespace that was captured.',
      columns: [
        { name: 'key', type: 'VARCHAR', comment: 'net.ipv4.tcp_fin_timeout; dots of an interface name are slashes.' },
        {
          name: 'value',
          type: 'VARCHAR',
          comment: 'As printed, the tabs of a vector as one space: 4096 131072 6291456; empty where it is empty.',
        },
      ],
    },
  ],
  parse: (_context, tables) => new SysctlParser(tables.of('sysctl')),
};
