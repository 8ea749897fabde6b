import type { Table } from '../../base/table.ts';
import { SOCKET_ENDPOINTS } from '../socket-table.ts';

const QUEUES: ReadonlySet<string> = new Set(['recv_q', 'send_q']);

/** One row an owner of a socket: a listener of a prefork server has as many as it has children. */
export const SOCKET_PROCESS_TABLE: Table = {
  name: 'socket_process',
  comment: 'A process that holds a socket open; joins socket by host and inode. Sockets nobody holds have no row.',
  columns: [
    ...SOCKET_ENDPOINTS.filter((column) => !QUEUES.has(column.name)),
    { name: 'inode', type: 'BIGINT', comment: 'Inode of the socket.', nullWhen: 'the tool ran without -e' },
    { name: 'process', type: 'VARCHAR', comment: 'Name of the process, at most 15 bytes.' },
    { name: 'pid', type: 'INTEGER', comment: 'Process id.' },
    { name: 'fd', type: 'INTEGER', comment: 'File descriptor in that process.', nullWhen: 'not printed' },
    {
      name: 'uid',
      type: 'INTEGER',
      comment: 'User id of the socket; 0 is not printed and filled in for a socket with an inode.',
      nullWhen: 'the tool ran without -e',
    },
  ],
};
