import { COUNTER_TABLE } from '../counter-table.ts';
import type { Source } from '../source.ts';
import { NstatParser } from './parse.ts';

/** The kernel's counters by their own names, of IPv6 and SCTP too. */
export const source: Source = {
  id: 'nstat',
  title: 'Kernel network counters (nstat -az)',
  docs: 'https://man7.org/linux/man-pages/man8/rtacct.8.html',
  members: ['nstat-az.txt', 'nstat*.txt', 'nstat*.json', '**/sos_commands/networking/nstat_-*', 'nstat_-*'],
  opening: /^#(?:kernel|\d+\.\d+ sampling_interval=\d+ time_const=\d+)\s*$|^\{"kernel":\{/,
  fact: { name: 'counter', rank: 1, tells: () => 'c' },
  tables: [COUNTER_TABLE],
  parse: (context, tables) => new NstatParser(context.member, tables.of('counter')),
};
