import { SOCKET_TABLE } from '../socket-table.ts';
import type { Source } from '../source.ts';
import { ProcNetTcpParser } from './parse.ts';

const FILES: readonly string[] = ['tcp', 'tcp6', 'udp', 'udp6', 'udplite', 'udplite6', 'raw', 'raw6'];

export const source: Source = {
  id: 'proc-net-tcp',
  title: 'Sockets (/proc/net/tcp, tcp6, udp, udp6)',
  docs: 'https://docs.kernel.org/networking/proc_net_tcp.html',
  members: [
    ...FILES.map((name) => `proc-net-${name}.txt`),
    ...FILES.map((name) => `**/proc/net/${name}`),
    'proc_net_tcp*.txt',
    'proc_net_udp*.txt',
  ],
  opening: /^ *sl +local_address +rem(?:ote)?_address +st +tx_queue +rx_queue +tr +tm->when +retrnsmt/,
  fact: { name: 'socket', rank: 4 },
  tables: [SOCKET_TABLE],
  parse: (context, tables) => new ProcNetTcpParser(tables.of('socket'), context.member),
};
