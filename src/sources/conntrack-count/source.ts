import type { Source } from '../source.ts';
import { ConntrackCountParser } from './parse.ts';

export const source: Source = {
  id: 'conntrack-count',
  title: 'How full the connection tracking table is',
  docs: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  members: [
    'conntrack-count.txt',
    'conntrack-C.txt',
    'conntrack-C*.txt',
    '**/proc/sys/net/netfilter/nf_conntrack_count',
    '**/proc/sys/net/netfilter/nf_conntrack_max',
    '**/proc/sys/net/nf_conntrack_max',
    '**/proc/sys/net/ipv4/netfilter/ip_conntrack_count',
    '**/proc/sys/net/ipv4/netfilter/ip_conntrack_max',
    '**/proc/sys/net/ipv4/ip_conntrack_max',
    '**/sos_commands/networking/conntrack_-C',
  ],
  opening: /^net\.(?:netfilter\.nf|ipv4\.netfilter\.ip)_conntrack_count ?= ?\d/,
  tables: [
    {
      name: 'conntrack_fill',
      comment: 'Entries in the connection tracking table and the most it takes.',
      columns: [
        {
          name: 'entries',
          type: 'BIGINT',
          comment: 'Entries at the time of the capture.',
          nullWhen: 'only the limit could be read',
        },
        {
          name: 'max_entries',
          type: 'BIGINT',
          comment: 'Limit: nf_conntrack_max.',
          nullWhen: 'from `conntrack -C` or a file of /proc/sys, which hold one value',
        },
      ],
    },
  ],
  parse(context, tables) {
    return new ConntrackCountParser(tables.of('conntrack_fill'), context.member);
  },
};
