import { COUNTER_TABLE } from '../counter-table.ts';
import type { Source } from '../source.ts';
import { NetstatStatisticsParser } from './parse.ts';

const DOCS = 'https://man7.org/linux/man-pages/man8/netstat.8.html';

const netstat: Source = {
  id: 'netstat-s',
  title: 'Kernel network counters (netstat -s)',
  docs: DOCS,
  members: [
    'netstat-s.txt',
    'netstat-s*.txt',
    'netstat_s*.txt',
    '**/sos_commands/networking/netstat_-s',
    'netstat_-s',
    'netstat_-s*.txt',
    '**/*-netstat_s',
  ],
  opening: /^(?:Ip|IcmpMsg|Tcp|Udp|TcpExt):\s*$/,
  fact: { name: 'counter', rank: 2, tells: () => 'c' },
  tables: [COUNTER_TABLE],
  parse: (_context, tables) => new NetstatStatisticsParser(tables.of('counter')),
};

const netstat6: Source = {
  id: 'netstat-s6',
  title: 'Kernel counters of IPv6 (netstat -s6)',
  docs: DOCS,
  // whole names: they go before the patterns of the other
  members: ['netstat-s6.txt', 'netstat_s6.txt', 'netstat_-s6', 'netstat_-s6.txt', 'netstat_-s_-6', 'netstat_-6_-s'],
  opening: /^Ip6:\s*$/,
  fact: { name: 'counter6', rank: 1 },
  tables: [COUNTER_TABLE],
  parse: (_context, tables) => new NetstatStatisticsParser(tables.of('counter')),
};

/** What `netstat -s` says; IPv6 is asked for apart, and no reason to leave the other out. */
export const sources: readonly Source[] = [netstat, netstat6];
