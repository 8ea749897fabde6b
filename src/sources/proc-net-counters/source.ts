import { COUNTER_TABLE } from '../counter-table.ts';
import { NIC_COUNTER_TABLE } from '../nic-tables.ts';
import type { Source } from '../source.ts';
import { InterfaceCountersParser } from './interface.ts';
import { ProcNetCountersParser } from './parse.ts';

const DOCS = 'https://docs.kernel.org/networking/snmp_counter.html';

/** Of all interfaces together; those of one have it behind their index. */
const FIRST_OF_IPV6 = /^Ip6InReceives {1,40}\t?\d{1,20}\s*$/;

const counters: Source = {
  id: 'proc-net-counters',
  title: 'Kernel network counters (/proc/net/snmp, netstat, sctp/snmp)',
  docs: DOCS,
  members: [
    'proc-net-snmp.txt',
    'proc-net-netstat.txt',
    'proc-net-sctp-snmp.txt',
    'proc_net_snmp*.txt',
    'proc_net_netstat*.txt',
    '**/proc/net/snmp',
    '**/proc/net/netstat',
    '**/proc/net/sctp/snmp',
  ],
  opening: /^(?:Ip: Forwarding DefaultTTL |TcpExt: SyncookiesSent |SctpCurrEstab\s+\d+\s*$)/,
  fact: { name: 'counter', rank: 0 },
  tables: [COUNTER_TABLE],
  parse: (_context, tables) => new ProcNetCountersParser(tables.of('counter')),
};

const counters6: Source = {
  id: 'proc-net-snmp6',
  title: 'Kernel counters of IPv6 (/proc/net/snmp6)',
  docs: DOCS,
  members: ['proc-net-snmp6.txt', 'proc_net_snmp6.txt', '**/proc/net/snmp6'],
  opening: FIRST_OF_IPV6,
  fact: { name: 'counter6', rank: 0 },
  tables: [COUNTER_TABLE],
  parse: (_context, tables) => new ProcNetCountersParser(tables.of('counter')),
};

const ofInterface: Source = {
  id: 'proc-net-dev-snmp6',
  title: 'Kernel counters of IPv6 on one interface (/proc/net/dev_snmp6)',
  docs: DOCS,
  members: ['proc-net-dev_snmp6-*.txt', '**/proc/net/dev_snmp6/*'],
  opening: /^ifIndex\s+\d+\s*$/,
  keeps: FIRST_OF_IPV6,
  tables: [NIC_COUNTER_TABLE],
  parse: ({ member, printed = member }, tables) =>
    new InterfaceCountersParser(printed, tables.of(NIC_COUNTER_TABLE.name)),
};

/** The kernel's own files; that of IPv6 is no reason to leave out what others say of the rest. */
export const sources: readonly Source[] = [counters, counters6, ofInterface];
