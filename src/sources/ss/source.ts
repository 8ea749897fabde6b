import { SOCKET_TABLE } from '../socket-table.ts';
import type { Source } from '../source.ts';
import { SsParser } from './parse.ts';

const ss: Source = {
  id: 'ss',
  title: 'Sockets (ss)',
  docs: 'https://man7.org/linux/man-pages/man8/ss.8.html',
  members: [
    'ss-tanoemi.txt',
    'ss-tano*.txt',
    'ss-tan.txt',
    'ss-an*.txt',
    'ss-tuan*.txt',
    'ss_*tan*.txt',
    'ss.txt',
    '**/sos_commands/networking/ss_-peaonmi',
  ],
  fact: { name: 'socket', rank: 0 },
  tables: [SOCKET_TABLE],
  parse(_context, tables) {
    return new SsParser(tables.of('socket'));
  },
};

/** The listening sockets alone: what is left of the fact when the full list is missing. */
const ssListen: Source = {
  ...ss,
  id: 'ss-listen',
  title: 'Listening sockets (ss -ltn)',
  members: ['ss-ltn*.txt', 'ss_ltn*.txt'],
  fact: { name: 'socket', rank: 8 },
};

export const sources: readonly Source[] = [ss, ssListen];
