import { socketProtocols } from '../socket-protocols.ts';
import { SOCKET_TABLE } from '../socket-table.ts';
import type { LineParser, MemberContext, Source, Tables } from '../source.ts';
import { NetstatSocketsParser } from './parse.ts';

const parse = (context: MemberContext, tables: Tables): LineParser =>
  new NetstatSocketsParser(tables.of('socket'), context.member);

const all: Source = {
  id: 'netstat-sockets',
  title: 'Sockets (netstat -tanoe)',
  docs: 'https://man7.org/linux/man-pages/man8/netstat.8.html',
  members: [
    'netstat-tan.txt',
    'netstat-*an*.txt',
    'netstat_*an*.txt',
    'netstat-*na*.txt',
    'netstat_*na*.txt',
    '**/sos_commands/networking/netstat_-W_-neopa*',
    '**/sos_commands/networking/netstat_-neopa*',
    '**/*_*_*_*_*_*-netstat',
  ],
  opening:
    /^Active Internet connections \((?:servers and established|only servers|w\/o servers)\)|^Proto +Recv-Q +Send-Q +Local Address +Foreign Address +\(?[Ss]tate/,
  fact: { name: 'socket', rank: 2, tells: socketProtocols },
  tables: [SOCKET_TABLE],
  parse,
};

/** The listening sockets alone: what is left of the fact when no full list is there. */
const listening: Source = {
  id: 'netstat-listen',
  title: 'Listening sockets (netstat -ltn)',
  docs: all.docs,
  members: [
    'netstat-l*.txt',
    'netstat_l*.txt',
    'netstat-tl*.txt',
    'netstat-tul*.txt',
    'netstat_tul*.txt',
    'netstat-pl*.txt',
    'netstat-nl*.txt',
  ],
  fact: { name: 'socket', rank: 9, tells: socketProtocols },
  tables: all.tables,
  parse,
};

export const sources: readonly Source[] = [all, listening];
