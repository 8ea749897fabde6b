import type { Source } from '../source.ts';
import { PressureParser } from './parse.ts';

/** How long tasks waited for processor, memory or disks. */
export const source: Source = {
  id: 'pressure',
  title: 'Pressure (/proc/pressure)',
  docs: 'https://docs.kernel.org/accounting/psi.html',
  members: ['proc-pressure-*.txt', 'pressure*.txt', '**/proc/pressure/*', 'proc/pressure/*'],
  opening: /^(?:\/proc\/pressure\/(?:cpu|memory|io|irq):)?some avg10=\d/,
  tables: [
    {
      name: 'pressure',
      comment: 'Share of time in which tasks waited for a resource.',
      columns: [
        { name: 'resource', type: 'VARCHAR', comment: 'cpu, memory, io or irq.' },
        { name: 'kind', type: 'VARCHAR', comment: 'some: at least one task waited; full: all of them did.' },
        { name: 'avg10', type: 'DOUBLE', comment: 'Percent of the last ten seconds.' },
        { name: 'avg60', type: 'DOUBLE', comment: 'Percent of the last minute.' },
        { name: 'avg300', type: 'DOUBLE', comment: 'Percent of the last five minutes.' },
        { name: 'total_us', type: 'BIGINT', unit: 'us', comment: 'Time waited since boot.' },
      ],
    },
  ],
  parse: ({ member, printed = member }, tables) => new PressureParser(tables.of('pressure'), printed),
};
