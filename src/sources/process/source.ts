import type { Source } from '../source.ts';
import { ProcessParser } from './parse.ts';

/** The processes of the web server, or all of them. */
export const source: Source = {
  id: 'process',
  title: 'Processes (ps)',
  docs: 'https://man7.org/linux/man-pages/man1/ps.1.html',
  members: ['ps.txt', 'ps-*.txt', 'ps_*.txt', '**/sos_commands/process/ps_aux*'],
  tables: [
    {
      name: 'process',
      comment: 'A process at the moment of the sample.',
      columns: [
        { name: 'pid', type: 'INTEGER', comment: 'Process id.' },
        { name: 'ppid', type: 'INTEGER', comment: 'Parent.', nullWhen: 'ps did not print it' },
        { name: 'user_name', type: 'VARCHAR', comment: 'Owner, by name or number.', nullWhen: 'ps did not print it' },
        {
          name: 'state',
          type: 'VARCHAR',
          comment: 'R running, S sleeping, D uninterruptible, Z zombie, …, with the flags of STAT.',
          nullWhen: 'ps did not print it',
        },
        { name: 'elapsed_s', type: 'BIGINT', unit: 's', comment: 'Age.', nullWhen: 'ps did not print it' },
        { name: 'cpu_s', type: 'DOUBLE', unit: 's', comment: 'CPU time used.', nullWhen: 'ps did not print it' },
        {
          name: 'rss_bytes',
          type: 'BIGINT',
          unit: 'bytes',
          comment: 'Resident memory; pages shared between children count in each of them.',
          nullWhen: 'ps did not print it',
        },
        { name: 'threads', type: 'INTEGER', comment: 'Threads.', nullWhen: 'ps did not print it' },
        {
          name: 'wchan',
          type: 'VARCHAR',
          comment: 'Kernel function it waits in.',
          nullWhen: 'it does not wait, or ps did not print it',
        },
        { name: 'command', type: 'VARCHAR', comment: 'Name or command line.', nullWhen: 'ps did not print it' },
      ],
    },
  ],
  parse: (_context, tables) => new ProcessParser(tables.of('process')),
};
