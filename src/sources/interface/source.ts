import { ascii, startsWith } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import type { LineParser, Source } from '../source.ts';
import { EitherParser } from './either.ts';
import { beginsInterface, IfconfigParser } from './ifconfig.ts';
import { IpJsonParser } from './ip-json.ts';
import { IpLinkParser } from './ip-link.ts';
import { NetstatParser } from './netstat.ts';
import { ProcNetDevParser } from './proc-net-dev.ts';
import { INTERFACE_TABLE } from './table.ts';

const ARRAY = ascii('[');
const IFACE = ascii('Iface');

const ipLink: Source = {
  id: 'interface',
  title: 'Network interfaces (ip -s -s link, ip -j -s link)',
  docs: 'https://man7.org/linux/man-pages/man8/ip-link.8.html',
  members: [
    'ip-s-link.txt',
    'ip-s-s-link.txt',
    'ip_s*link*.txt',
    'ip-*s-*link.txt',
    'ip-*s-*link.json',
    '**/sos_commands/networking/ip_-s_-d_link',
    'ip_-*s_*link',
    'ip_-*s_*link.txt',
    'ip_-*s_*link.json',
  ],
  opening: /^(?:\d{1,9}: [^\s:]{1,40}: <[A-Z0-9_,-]{0,200}> mtu \d|\[\{"ifindex":\d)/,
  fact: { name: 'interface', rank: 0, tells: () => 'i' },
  tables: [INTERFACE_TABLE],
  parse(_context, tables) {
    const table = tables.of('interface');
    return new EitherParser((bytes, start, end) =>
      startsWith(bytes, start, end, ARRAY) ? new IpJsonParser(table) : new IpLinkParser(table),
    );
  },
};

const procNetDev: Source = {
  id: 'interface-proc',
  title: 'Network interfaces (/proc/net/dev)',
  docs: 'https://docs.kernel.org/networking/statistics.html',
  members: ['proc-net-dev.txt', 'proc_net_dev*.txt', '**/proc/net/dev'],
  opening: /^Inter-\|\s+Receive\s/,
  fact: { name: 'interface', rank: 1, tells: () => 'i' },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => new ProcNetDevParser(tables.of('interface')),
};

const ifconfig: Source = {
  id: 'interface-ifconfig',
  title: 'Network interfaces (ifconfig -a, netstat -ie)',
  docs: 'https://man7.org/linux/man-pages/man8/ifconfig.8.html',
  members: [
    'ifconfig.txt',
    'ifconfig*.txt',
    'netstat-ie.txt',
    'netstat_ie*.txt',
    '**/sos_commands/networking/ifconfig_-a',
    'ifconfig_-a',
    'netstat_-ie',
  ],
  opening: /^\S{1,40}(?:: flags=\d{1,9}<| {1,9}Link encap:)/,
  fact: { name: 'interface', rank: 2, tells: () => 'i' },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => tableOrLong(tables.of('interface')),
};

const netstat: Source = {
  id: 'interface-netstat',
  title: 'Network interfaces (netstat -i)',
  docs: 'https://man7.org/linux/man-pages/man8/netstat.8.html',
  members: ['netstat-i.txt', 'netstat_i.txt', '**/netstat_-i'],
  opening: /^(?:Kernel Interface table|Iface\s+MTU\s)/,
  fact: { name: 'interface', rank: 3, tells: () => 'i' },
  tables: [INTERFACE_TABLE],
  parse: (_context, tables) => tableOrLong(tables.of('interface')),
};

/** netstat -i, and the long form it prints with -e. */
function tableOrLong(table: TableBuilder): LineParser {
  return new EitherParser((bytes, start, end) => {
    if (startsWith(bytes, start, end, IFACE)) return new NetstatParser(table);
    return beginsInterface(bytes, start, end) ? new IfconfigParser(table) : null;
  });
}

/** The interface counters, from the tool that tells most; netstat -i has no bytes. */
export const sources: readonly Source[] = [ipLink, procNetDev, ifconfig, netstat];
