import { socketProtocols } from '../socket-protocols.ts';
import { SOCKET_TABLE } from '../socket-table.ts';
import type { LineParser, MemberContext, Source, Tables } from '../source.ts';
import { SOCKET_PROCESS_TABLE } from '../ss-process/table.ts';
import { SsParser } from './parse.ts';

/** The header, which depends on the options; without one (-H) a first line with a state, two queues and two ports. */
const OPENING =
  /^ *(?:Netid *)?(?:State *)?(?:Recv-Q *Send-Q *)?Local Address:Port +Peer Address:Port|^(?:(?:tcp|udp) +)?(?:ESTAB|LISTEN|UNCONN|TIME-WAIT|CLOSE-WAIT|SYN-RECV|SYN-SENT|FIN-WAIT-[12]|LAST-ACK) +\d+ +\d+ +[^ ]{1,80}:(?:\d{1,5}|\*) +[^ ]{1,80}:(?:\d{1,5}|\*)(?: |$)/;

const parse = (context: MemberContext, tables: Tables): LineParser =>
  new SsParser(tables.of('socket'), tables.of('socket_process'), context.member);

const ss: Source = {
  id: 'ss',
  title: 'Sockets (ss)',
  docs: 'https://man7.org/linux/man-pages/man8/ss.8.html',
  members: [
    'ss-tanoemi.txt',
    'ss-*an*.txt',
    'ss_*an*.txt',
    'ss-*na*.txt',
    'ss_*na*.txt',
    'ss-a*.txt',
    'ss-ta*.txt',
    'ss-tua*.txt',
    'ss-ua*.txt',
    'ss-wa*.txt',
    'ss.txt',
    '**/sos_commands/networking/ss_-peaonmi',
    '**/sos_commands/networking/ss_-*an*',
  ],
  opening: OPENING,
  fact: { name: 'socket', rank: 0, tells: socketProtocols },
  tables: [SOCKET_TABLE, SOCKET_PROCESS_TABLE],
  parse,
};

/** The listening sockets alone: what is left of the fact when the full list is missing. */
const ssListen: Source = {
  id: 'ss-listen',
  title: 'Listening sockets (ss -ltn)',
  docs: ss.docs,
  members: ['ss-ltn*.txt', 'ss_ltn*.txt', 'ss-tln*.txt', 'ss_tln*.txt', 'ss-tul*.txt', 'ss_tul*.txt', 'ss-lnt*.txt'],
  fact: { name: 'socket', rank: 8, tells: socketProtocols },
  tables: ss.tables,
  parse,
};

export const sources: readonly Source[] = [ss, ssListen];
