import type { Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { LoadAverageParser } from './parse.ts';
import { UptimeParser } from './uptime.ts';

const LOAD_TABLE: Table = {
  name: 'load_average',
  comment: 'Tasks running or waiting uninterruptibly, averaged; one row a sample.',
  columns: [
    { name: 'load1', type: 'DOUBLE', comment: 'Over one minute.' },
    { name: 'load5', type: 'DOUBLE', comment: 'Over five minutes.' },
    { name: 'load15', type: 'DOUBLE', comment: 'Over fifteen minutes.' },
    { name: 'running', type: 'INTEGER', comment: 'Threads runnable at this moment.', nullWhen: 'from uptime' },
    { name: 'threads', type: 'INTEGER', comment: 'Threads on the whole machine.', nullWhen: 'from uptime' },
    {
      name: 'uptime_s',
      type: 'BIGINT',
      unit: 's',
      comment: 'Since boot, to the minute.',
      nullWhen: 'from /proc/loadavg',
    },
  ],
};

const loadavg: Source = {
  id: 'load-average',
  title: 'Load average (/proc/loadavg)',
  docs: 'https://docs.kernel.org/filesystems/proc.html',
  members: ['proc-loadavg.txt', 'loadavg.txt', '**/proc/loadavg', 'proc/loadavg'],
  opening: /^\d{1,6}\.\d\d \d{1,6}\.\d\d \d{1,6}\.\d\d \d{1,9}\/\d{1,9} \d{1,10}$/,
  fact: { name: 'load-average', rank: 0, tells: () => 'l' },
  tables: [LOAD_TABLE],
  parse: (_context, tables) => new LoadAverageParser(tables.of('load_average')),
};

const uptime: Source = {
  id: 'uptime',
  title: 'Load average and uptime (uptime, w)',
  docs: 'https://man7.org/linux/man-pages/man1/uptime.1.html',
  members: ['uptime*.txt', 'w.txt', '**/sos_commands/*/uptime', '**/sos_commands/*/w'],
  opening: /^ ?\d\d:\d\d(?::\d\d|[ap]m)? up .{1,60}load averages?: \d/,
  fact: { name: 'load-average', rank: 1, tells: () => 'l' },
  tables: [LOAD_TABLE],
  parse: (_context, tables) => new UptimeParser(tables.of('load_average')),
};

/** How many tasks want to run. */
export const sources: readonly Source[] = [loadavg, uptime];
