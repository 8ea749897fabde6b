import type { Source } from '../source.ts';
import { EventColumns } from './event.ts';
import { ConntrackParser } from './parse.ts';
import { CONNTRACK_EVENT_TABLE, CONNTRACK_TABLE } from './table.ts';

/** An entry begins with its protocol, or in the long form with the family. */
const ENTRY = String.raw`(?:tcp|udp|icmp|icmpv6|sctp|dccp|gre|udplite|unknown) +\d{1,3} (?:\d{1,10} )?[^=]{0,60}src=`;

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
  members: [
    'proc-net-nf_conntrack.txt',
    'proc-net-ip_conntrack.txt',
    '**/proc/net/nf_conntrack',
    '**/proc/net/ip_conntrack',
    '**/nf_conntrack.txt',
  ],
  fact: { name: 'conntrack', rank: 1 },
};

const events: Source = {
  id: 'conntrack-events',
  title: 'Connection tracking events (conntrack -E)',
  docs: 'https://conntrack-tools.netfilter.org/manual.html',
  members: ['conntrack-E.txt', 'conntrack-E*.txt'],
  opening: new RegExp(
    `^(?:\\[\\d{9,11}\\.\\d{1,6} *\\]\t)? {0,4}\\[(?:NEW|UPDATE|DESTROY)\\] (?:ipv[46] +(?:2|10) +)?${ENTRY}|^<flow type="`,
  ),
  tables: [CONNTRACK_EVENT_TABLE],
  parse(context, tables) {
    const table = tables.of('conntrack_event');
    return new ConntrackParser(table, new EventColumns(table, context.zone));
  },
};

/** Loose entries are read as the tool's: the forms are the same. */
const opening = new RegExp(
  `^(?:(?:ipv[46] +(?:2|10) +)?${ENTRY}|(?:<\\?xml [^<>]{1,60}>)?(?:<conntrack>)? {0,8}<flow>|-A -t \\d{1,10} -u [A-Z_,]{1,64} )`,
);

export const sources: readonly Source[] = [{ ...tool, opening }, proc, events];
