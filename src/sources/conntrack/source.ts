import type { Source } from '../source.ts';
import { ConntrackParser } from './parse.ts';
import { CONNTRACK_TABLE } from './table.ts';

const tool: Source = {
  id: 'conntrack',
  title: 'Connection tracking table (conntrack -L)',
  docs: 'https://conntrack-tools.netfilter.org/manual.html',
  members: ['conntrack-L.txt', 'conntrack-L*.txt', '**/sos_commands/networking/conntrack_-L*'],
  fact: { name: 'conntrack', rank: 0 },
  tables: [CONNTRACK_TABLE],
  parse(_context, tables) {
    return new ConntrackParser(tables.of('conntrack'));
  },
};

/** The same entries as the kernel prints them, for hosts without the tool. */
const proc: Source = {
  ...tool,
  id: 'conntrack-proc',
  title: 'Connection tracking table (/proc/net/nf_conntrack)',
  members: ['proc-net-nf_conntrack.txt', '**/proc/net/nf_conntrack'],
  fact: { name: 'conntrack', rank: 1 },
};

export const sources: readonly Source[] = [tool, proc];
