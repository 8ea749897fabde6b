import type { Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { SysctlParser } from './parse.ts';
import { ProcSysParser } from './proc-sys.ts';

const SYSCTL_TABLE: Table = {
  name: 'sysctl',
  comment: 'A kernel setting; network ones are those of the namespace that was captured.',
  columns: [
    { name: 'key', type: 'VARCHAR', comment: 'net.ipv4.tcp_fin_timeout; dots of an interface name are slashes.' },
    {
      name: 'value',
      type: 'VARCHAR',
      comment:
        'As printed, the tabs of a vector as one space: 4096 131072 6291456; empty where it is empty; secrets are *** (hidden).',
    },
  ],
};

const tool: Source = {
  id: 'sysctl',
  title: 'Kernel settings (sysctl)',
  docs: 'https://docs.kernel.org/networking/ip-sysctl.html',
  members: ['sysctl.txt', 'sysctl-*.txt', 'sysctl_*.txt', '**/sos_commands/kernel/sysctl_-a', '*-sysctl'],
  opening: /^(?:abi|crypto|debug|dev|fs|kernel|net|sunrpc|user|vm)\.[\w./@:-]{1,200} = /,
  fact: { name: 'sysctl', rank: 0, tells: () => 's' },
  tables: [SYSCTL_TABLE],
  parse: (_context, tables) => new SysctlParser(tables.of('sysctl')),
};

const tree: Source = {
  id: 'sysctl-proc',
  title: 'Kernel settings (files of /proc/sys)',
  docs: 'https://docs.kernel.org/admin-guide/sysctl/index.html',
  members: ['**/proc/sys/**', 'proc/sys/**'],
  fact: { name: 'sysctl', rank: 1 },
  tables: [SYSCTL_TABLE],
  parse: ({ member }, tables) => new ProcSysParser(tables.of('sysctl'), member),
};

/** Kernel settings as they are in force. */
export const sources: readonly Source[] = [tool, tree];
