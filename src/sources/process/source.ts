import type { Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { ProcessParser } from './parse.ts';

const PROCESS_TABLE: Table = {
  name: 'process',
  comment: 'A process at the moment of the sample, or a thread of one where tid is set.',
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
    {
      name: 'tid',
      type: 'INTEGER',
      comment: 'Thread id: the row is a thread (ps -L, top -H; top prints it as pid as well).',
      nullWhen: 'the row is a whole process',
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
    {
      name: 'pss_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      comment: 'Resident memory, each shared page divided by the processes that share it.',
      nullWhen: 'ps did not print it',
    },
    {
      name: 'vsz_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      comment: 'Address space.',
      nullWhen: 'ps did not print it',
    },
    {
      name: 'cpu_percent',
      type: 'DOUBLE',
      comment: 'Of one processor: ps since the process began, top over its last interval.',
      nullWhen: 'it was not printed',
    },
    {
      name: 'started',
      type: 'TIMESTAMP',
      comment: 'When it began, by the local time ps prints.',
      nullWhen: 'ps did not print it with the year (lstart)',
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
};

const ps: Source = {
  id: 'process',
  title: 'Processes (ps)',
  docs: 'https://man7.org/linux/man-pages/man1/ps.1.html',
  members: ['ps.txt', 'ps-*.txt', 'ps_*.txt', '**/sos_commands/process/ps_aux*', '*-ps'],
  opening:
    /^(?: *(?:USER +PID|UID +PID|F +S? *UID +PID|PPID +PID|PID +(?!USER +PR |PPID +USER +STAT +VSZ +%VSZ)(?:PPID|USER|TTY|LWP|STAT)) .{0,300}(?:COMMAND|CMD|COMM|ARGS) *$)/i,
  // With threads (-m, -L, H) a process has many lines.
  fact: { name: 'process', rank: 0, tells: () => 'p', lesser: /aux\w*m|[LTH]\w*$/ },
  tables: [PROCESS_TABLE],
  parse: ({ zone }, tables) => new ProcessParser(tables.of('process'), zone),
};

const top: Source = {
  id: 'top',
  title: 'Processes (top -b)',
  docs: 'https://man7.org/linux/man-pages/man1/top.1.html',
  members: ['top*.txt', '**/sos_commands/process/top*', '*-top'],
  opening: /^(?:top - \d\d:\d\d:\d\d up |Mem: \d{1,15}K used, | *PID +(?:USER +PR |PPID +USER +STAT +VSZ +%VSZ))/,
  fact: { name: 'process', rank: 1, tells: () => 'p' },
  tables: [PROCESS_TABLE],
  parse: ({ zone }, tables) => new ProcessParser(tables.of('process'), zone),
};

/** The processes of the web server, or all of them. */
export const sources: readonly Source[] = [ps, top];
