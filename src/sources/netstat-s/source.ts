import { COUNTER_TABLE } from '../counter-table.ts';
import type { Source } from '../source.ts';
import { NetstatStatisticsParser } from './parse.ts';

export const source: Source = {
  id: 'netstat-s',
  title: 'Kernel network counters (netstat -s)',
  docs: 'https://man7.org/linux/man-pages/man8/netstat.8.html',
  members: ['netstat-s.txt', 'netstat-s*.txt', 'netstat_s*.txt', '**/sos_commands/networking/netstat_-s'],
  fact: { name: 'counter', rank: 1 },
  tables: [COUNTER_TABLE],
  parse(_context, tables) {
    return new NetstatStatisticsParser(tables.of('counter'));
  },
};
