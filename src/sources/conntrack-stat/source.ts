import type { Column } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { ConntrackStatParser } from './parse.ts';

const OLD = 'conntrack-tools of this version does not print it';

const COUNTERS: readonly Column[] = [
  {
    name: 'found',
    type: 'BIGINT',
    comment: 'Lookups that found an entry (kernels before 5.10 count them all).',
    nullWhen: OLD,
  },
  { name: 'invalid', type: 'BIGINT', comment: 'Packets that could not be tracked.', nullWhen: OLD },
  { name: 'inserted', type: 'BIGINT', comment: 'Entries inserted (printed as insert).', nullWhen: OLD },
  {
    name: 'insert_failed',
    type: 'BIGINT',
    comment: 'Insertions that failed, mostly because the flow was already there.',
    nullWhen: OLD,
  },
  {
    name: 'dropped',
    type: 'BIGINT',
    comment: 'Packets dropped because no entry could be made (printed as drop): the table was full.',
    nullWhen: OLD,
  },
  { name: 'early_drop', type: 'BIGINT', comment: 'Entries evicted before their time to make room.', nullWhen: OLD },
  { name: 'error', type: 'BIGINT', comment: 'Packets the protocol tracker refused.', nullWhen: OLD },
  {
    name: 'search_restart',
    type: 'BIGINT',
    comment: 'Lookups begun again because the table was resized.',
    nullWhen: OLD,
  },
  {
    name: 'clash_resolve',
    type: 'BIGINT',
    comment: 'Insertions of the same flow settled without a drop.',
    nullWhen: OLD,
  },
  {
    name: 'chaintoolong',
    type: 'BIGINT',
    comment: 'Insertions refused because the hash chain was too long.',
    nullWhen: OLD,
  },
];

export const source: Source = {
  id: 'conntrack-stat',
  title: 'Connection tracking counters (conntrack -S)',
  docs: 'https://conntrack-tools.netfilter.org/manual.html',
  members: ['conntrack-S.txt', '**/sos_commands/networking/conntrack_-S'],
  tables: [
    {
      name: 'conntrack_stat',
      comment: 'Counters of connection tracking on one CPU since boot; add up the CPUs.',
      columns: [{ name: 'cpu', type: 'INTEGER', comment: 'CPU number.' }, ...COUNTERS],
    },
  ],
  parse(_context, tables) {
    return new ConntrackStatParser(
      tables.of('conntrack_stat'),
      COUNTERS.map((column) => column.name),
    );
  },
};
