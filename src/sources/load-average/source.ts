import type { Source } from '../source.ts';
import { LoadAverageParser } from './parse.ts';

/** How many tasks want to run. */
export const source: Source = {
  id: 'load-average',
  title: 'Load average (/proc/loadavg)',
  docs: 'https://docs.kernel.org/filesystems/proc.html',
  members: ['proc-loadavg.txt', 'loadavg.txt', '**/proc/loadavg'],
  tables: [
    {
      name: 'load_average',
      comment: 'Tasks running or waiting uninterruptibly, averaged; one row a sample.',
      columns: [
        { name: 'load1', type: 'DOUBLE', comment: 'Over one minute.' },
        { name: 'load5', type: 'DOUBLE', comment: 'Over five minutes.' },
        { name: 'load15', type: 'DOUBLE', comment: 'Over fifteen minutes.' },
        { name: 'running', type: 'INTEGER', comment: 'Threads runnable at this moment.' },
        { name: 'threads', type: 'INTEGER', comment: 'Threads on the whole machine.' },
      ],
    },
  ],
  parse: (_context, tables) => new LoadAverageParser(tables.of('load_average')),
};
