import { COUNTER_TABLE } from '../counter-table.ts';
import type { Source } from '../source.ts';
import { ProcNetCountersParser } from './parse.ts';

export const source: Source = {
  id: 'proc-net-counters',
  title: 'Kernel network counters (/proc/net/snmp, netstat, snmp6)',
  docs: 'https://docs.kernel.org/networking/snmp_counter.html',
  members: [
    'proc-net-snmp.txt',
    'proc-net-netstat.txt',
    'proc-net-snmp6.txt',
    '**/proc/net/snmp',
    '**/proc/net/netstat',
    '**/proc/net/snmp6',
  ],
  fact: { name: 'counter', rank: 0 },
  tables: [COUNTER_TABLE],
  parse(_context, tables) {
    return new ProcNetCountersParser(tables.of('counter'));
  },
};
