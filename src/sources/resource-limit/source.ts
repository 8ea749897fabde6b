import type { Source } from '../source.ts';
import { ResourceLimitParser } from './parse.ts';

/** What a process may use at most. */
export const source: Source = {
  id: 'resource-limit',
  title: 'Limits of processes (/proc/PID/limits, ulimit -a)',
  docs: 'https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html',
  members: [
    'limits*.txt',
    '*-limits.txt',
    'ulimit*.txt',
    '**/proc/*/limits',
    'proc/*/limits',
    '**/sos_commands/*/ulimit_-a*',
  ],
  opening:
    /^(?:Limit +Soft Limit +Hard Limit +Units *$|(?:core file size|real-time non-blocking time) +\([^)]{1,30}\) |time\(seconds\) +\S)/,
  tables: [
    {
      name: 'resource_limit',
      comment: 'A limit of a process, or of the shell that printed it.',
      columns: [
        { name: 'pid', type: 'INTEGER', comment: 'Process id.', nullWhen: 'the name of the file does not say it' },
        { name: 'name', type: 'VARCHAR', comment: 'As /proc/PID/limits names it: Max open files, Max processes.' },
        { name: 'soft', type: 'BIGINT', comment: 'In force, in the unit beside.', nullWhen: 'there is no limit' },
        {
          name: 'hard',
          type: 'BIGINT',
          comment: 'What the process may raise it to.',
          nullWhen: 'there is no limit, or it is from ulimit, which prints one value',
        },
        {
          name: 'unit',
          type: 'VARCHAR',
          comment: 'As printed: files, bytes, kbytes, blocks (of 512 or 1024 bytes).',
          nullWhen: 'none is printed',
        },
      ],
    },
  ],
  parse: ({ member }, tables) => new ResourceLimitParser(tables.of('resource_limit'), member),
};
