import type { Source } from '../source.ts';
import { NUMBER_COLUMNS } from './columns.ts';
import { VmstatParser } from './parse.ts';

/** Processor, memory and disks of the host from second to second. */
export const source: Source = {
  id: 'vmstat',
  title: 'Processor and memory activity (vmstat)',
  docs: 'https://man7.org/linux/man-pages/man8/vmstat.8.html',
  members: ['vmstat*.txt', 'vmstat*.log', '*-vmstat', '*-vmstat-overall', '**/sos_commands/*/vmstat*'],
  // the title, or the names below it where a paste begins with them
  opening: /^(?:-{0,2}procs-{0,2} {1,30}-{0,40}memory[- ]| {0,8}r {1,8}b {1,16}swpd {1,16}free )/,
  opensAgain: true,
  tables: [
    {
      name: 'vmstat',
      comment: 'A line of vmstat: what was used at its end, and how much was done in its interval.',
      columns: [
        {
          name: 'line_no',
          type: 'INTEGER',
          comment: 'Line of numbers in its file, from 1: the lines follow at the interval asked for.',
        },
        {
          name: 'printed',
          type: 'TIMESTAMP',
          comment: 'Time the line was printed, by the clock of the host.',
          nullWhen: 'vmstat ran without -t',
        },
        {
          name: 'since_boot',
          type: 'BOOLEAN',
          comment: 'The first line: rates and processor times are averages since boot, unless vmstat ran with -y.',
        },
        ...NUMBER_COLUMNS,
      ],
    },
  ],
  parse: (context, tables) => new VmstatParser(tables.of('vmstat'), context),
};
