import type { Column } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { ApacheStatusParser } from './parse.ts';

function slots(name: string, comment: string): Column {
  return { name, type: 'INTEGER', comment, nullWhen: 'there is no scoreboard' };
}

function connections(name: string, comment: string): Column {
  return { name, type: 'INTEGER', comment, nullWhen: 'the MPM is not event' };
}

/** What Apache's workers did at the moment of the sample. */
export const source: Source = {
  id: 'apache-status',
  title: 'Apache status (mod_status)',
  docs: 'https://httpd.apache.org/docs/2.4/mod/mod_status.html',
  members: ['server-status.txt', '*server-status*auto*.txt', '**/server-status.txt'],
  tables: [
    {
      name: 'apache_status',
      comment: 'One answer of server-status?auto. The probe needs a worker: under overload there is no row at all.',
      columns: [
        { name: 'busy_workers', type: 'INTEGER', comment: 'Workers with a request.', nullWhen: 'not printed' },
        { name: 'idle_workers', type: 'INTEGER', comment: 'Workers waiting for one.', nullWhen: 'not printed' },
        { name: 'total_accesses', type: 'BIGINT', comment: 'Requests since start.', nullWhen: 'ExtendedStatus is off' },
        {
          name: 'total_bytes',
          type: 'BIGINT',
          unit: 'bytes',
          comment: 'Sent since start, to the kilobyte.',
          nullWhen: 'ExtendedStatus is off',
        },
        {
          name: 'total_duration_ms',
          type: 'BIGINT',
          unit: 'ms',
          comment: 'Time spent on requests since start, summed.',
          nullWhen: 'ExtendedStatus is off, or Apache before 2.4.37',
        },
        { name: 'uptime_s', type: 'BIGINT', unit: 's', comment: 'Since start or restart.', nullWhen: 'not printed' },
        { name: 'mpm', type: 'VARCHAR', comment: 'event, worker, prefork.', nullWhen: 'Apache before 2.4' },
        { name: 'server_version', type: 'VARCHAR', comment: 'Apache/2.4.71 (Debian).', nullWhen: 'Apache before 2.4' },
        { name: 'scoreboard', type: 'VARCHAR', comment: 'A letter for each slot.', nullWhen: 'not printed' },
        slots('waiting', 'Slots waiting for a connection (_).'),
        slots('starting', 'Slots starting up (S).'),
        slots('reading', 'Slots reading a request (R).'),
        slots('sending', 'Slots working on a request or sending the reply (W).'),
        slots('keepalive', 'Slots held by an idle connection kept alive (K).'),
        slots('dns', 'Slots looking up a name (D).'),
        slots('closing', 'Slots closing a connection, lingering (C).'),
        slots('logging', 'Slots writing the log (L).'),
        slots('graceful', 'Slots finishing gracefully (G).'),
        slots('idle_cleanup', 'Slots being cleaned up (I).'),
        slots('open_slots', 'Slots without a process (.).'),
        connections('conns_total', 'Connections.'),
        connections('conns_async_writing', 'Connections writing without a worker.'),
        connections('conns_async_keepalive', 'Connections kept alive without a worker.'),
        connections('conns_async_closing', 'Connections closing without a worker.'),
        {
          name: 'conns_async_wait_io',
          type: 'INTEGER',
          comment: 'Connections waiting for input or output without a worker.',
          nullWhen: 'the MPM is not event, or Apache before 2.4.58',
        },
        { name: 'processes', type: 'INTEGER', comment: 'Child processes.', nullWhen: 'the MPM is not event' },
        { name: 'stopping', type: 'INTEGER', comment: 'Child processes stopping.', nullWhen: 'the MPM is not event' },
        {
          name: 'graceful_workers',
          type: 'INTEGER',
          comment: 'Workers finishing gracefully.',
          nullWhen: 'Apache before 2.4.58',
        },
      ],
    },
  ],
  parse: (_context, tables) => new ApacheStatusParser(tables.of('apache_status')),
};
