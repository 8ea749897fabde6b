import type { Source } from '../source.ts';
import { IpLinkParser } from './ip-link.ts';
import { NetstatParser } from './netstat.ts';
import { ProcNetDevParser } from './proc-net-dev.ts';
import { INTERFACE_TABLE } from './table.ts';

const ipLink: Source = {
  id: 'interface',
  title: 'Network interfaces (ip -s -s link)',
  docs: 'https://man7.org/linux/man-pages/man8/ip-link.8.html',
  members: ['ip-s-link.txt', 'ip-s-s-link.txt', 'ip_s*link*.txt', '**/sos_commands/networking/ip_-s_-d_link'],
  fact: { name: 'interface', rank: 0 },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => new IpLinkParser(tables.of('interface')),
};

const netstat: Source = {
  id: 'interface-netstat',
  title: 'Network interfaces (netstat -i)',
  docs: 'https://man7.org/linux/man-pages/man8/netstat.8.html',
  members: ['netstat-i.txt', 'netstat_i.txt', '**/netstat_-i'],
  fact: { name: 'interface', rank: 1 },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => new NetstatParser(tables.of('interface')),
};

const procNetDev: Source = {
  id: 'interface-proc',
  title: 'Network interfaces (/proc/net/dev)',
  docs: 'https://docs.kernel.org/networking/statistics.html',
  members: ['proc-net-dev.txt', 'proc_net_dev*.txt', '**/proc/net/dev'],
  fact: { name: 'interface', rank: 2 },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => new ProcNetDevParser(tables.of('interface')),
};

/** The interface counters, from the tool that tells most. */
export const sources: readonly Source[] = [ipLink, netstat, procNetDev];
