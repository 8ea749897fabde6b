import type { Source } from '../source.ts';
import { SsProcessParser } from './parse.ts';
import { SOCKET_PROCESS_TABLE } from './table.ts';

export const source: Source = {
  id: 'ss-process',
  title: 'Owners of sockets (ss -tanpe)',
  docs: 'https://man7.org/linux/man-pages/man8/ss.8.html',
  members: ['ss-tanpe.txt'],
  tables: [SOCKET_PROCESS_TABLE],
  parse(context, tables) {
    return new SsProcessParser(tables.of('socket_process'), context.member);
  },
};
