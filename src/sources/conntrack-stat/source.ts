import type { Column, Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { ConntrackStatParser } from './parse.ts';
import { ProcConntrackStatParser } from './proc.ts';

const OLD = 'this version does not print it';

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
  { name: 'searched', type: 'BIGINT', comment: 'Lookups (kernels before 4.9).', nullWhen: OLD },
  { name: 'created', type: 'BIGINT', comment: 'Entries made (printed as new; 0 since 4.9).', nullWhen: OLD },
  {
    name: 'ignored',
    type: 'BIGINT',
    comment: 'Packets seen that were tracked already or need no tracking (printed as ignore).',
    nullWhen: OLD,
  },
  { name: 'deleted', type: 'BIGINT', comment: 'Entries removed (printed as delete; 0 since 4.9).', nullWhen: OLD },
  { name: 'delete_list', type: 'BIGINT', comment: 'Entries put on the list of those to remove.', nullWhen: OLD },
];

const NAMES: readonly string[] = COUNTERS.map((column) => column.name);

const TABLE: Table = {
  name: 'conntrack_stat',
  comment: 'Counters of connection tracking on one CPU since boot; add up the CPUs.',
  columns: [
    {
      name: 'cpu',
      type: 'INTEGER',
      comment: 'CPU number; in /proc the number of the row, which is another where CPUs are offline.',
      nullWhen: 'the tool printed the counters one a line, without CPUs (conntrack-tools before 1.2)',
    },
    ...COUNTERS,
  ],
};

const tool: Source = {
  id: 'conntrack-stat',
  title: 'Connection tracking counters (conntrack -S)',
  docs: 'https://conntrack-tools.netfilter.org/manual.html',
  members: ['conntrack-S.txt', 'conntrack-S*.txt', '**/sos_commands/networking/conntrack_-S'],
  opening: /^cpu=\d{1,5} {0,4}\t(?:found|searched)=\d/,
  fact: { name: 'conntrack-stat', rank: 0 },
  tables: [TABLE],
  parse(_context, tables) {
    return new ConntrackStatParser(tables.of('conntrack_stat'), NAMES);
  },
};

const proc: Source = {
  id: 'conntrack-stat-proc',
  title: 'Connection tracking counters (/proc/net/stat/nf_conntrack)',
  docs: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  members: [
    'proc-net-stat-nf_conntrack.txt',
    'proc_net_stat_nf_conntrack*.txt',
    '**/proc/net/stat/nf_conntrack',
    '**/proc/net/stat/ip_conntrack',
  ],
  opening: /^entries  (?:clashres|searched) found new invalid ignore delete /,
  fact: { name: 'conntrack-stat', rank: 1 },
  tables: [TABLE],
  parse(_context, tables) {
    return new ProcConntrackStatParser(tables.of('conntrack_stat'), NAMES);
  },
};

export const sources: readonly Source[] = [tool, proc];
