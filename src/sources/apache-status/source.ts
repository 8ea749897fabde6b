import type { Column, Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { ApacheStatusParser } from './parse.ts';

function slots(name: string, comment: string): Column {
  return { name, type: 'INTEGER', comment, nullWhen: 'there is no scoreboard' };
}

function connections(name: string, comment: string): Column {
  return { name, type: 'INTEGER', comment, nullWhen: 'the MPM is not event' };
}

const WORKER_TABLE: Table = {
  name: 'apache_worker',
  comment: 'A worker as the status page lists it; slots that never had a process are left out by Apache.',
  columns: [
    { name: 'slot', type: 'VARCHAR', comment: 'Number of the child process and its generation: 0-0.' },
    { name: 'pid', type: 'INTEGER', comment: 'Process id.', nullWhen: 'no process holds the slot' },
    {
      name: 'state',
      type: 'VARCHAR',
      comment: 'Letter of the scoreboard: W sending a reply, R reading a request, K kept alive, _ waiting, …',
    },
    { name: 'cpu_s', type: 'DOUBLE', unit: 's', comment: 'CPU time used.', nullWhen: 'not printed' },
    {
      name: 'since_s',
      type: 'BIGINT',
      unit: 's',
      comment: 'Since the beginning of the newest request.',
      nullWhen: 'not printed',
    },
    {
      name: 'request_ms',
      type: 'BIGINT',
      unit: 'ms',
      comment: 'Duration of the last finished request.',
      nullWhen: 'not printed',
    },
    {
      name: 'duration_ms',
      type: 'BIGINT',
      unit: 'ms',
      comment: 'Durations of all its requests, summed.',
      nullWhen: 'this Apache does not print it',
    },
    {
      name: 'client',
      type: 'VARCHAR',
      comment: 'Address of the client of the newest request.',
      nullWhen: 'it had none yet',
    },
    {
      name: 'protocol',
      type: 'VARCHAR',
      comment: 'http/1.1, h2.',
      nullWhen: 'it had none yet, or this Apache does not print it',
    },
    { name: 'vhost', type: 'VARCHAR', comment: 'Virtual host and port.', nullWhen: 'the request is not read yet' },
    {
      name: 'request',
      type: 'VARCHAR',
      comment: 'Request line; Apache keeps its beginning only.',
      nullWhen: 'the request is not read yet',
    },
  ],
};

/** What Apache's workers did at the moment of the sample. */
export const source: Source = {
  id: 'apache-status',
  title: 'Apache status (mod_status)',
  docs: 'https://httpd.apache.org/docs/2.4/mod/mod_status.html',
  members: [
    'server-status.txt',
    '*server-status*',
    '*server_status*',
    '**/server-status*.txt',
    '**/server-status*.html',
    '**/sos_commands/apache/*server-status*',
  ],
  opening: /^(?:ServerVersion: |Total Accesses: \d|BusyWorkers: \d|<h1>Apache Server Status for )/,
  tables: [
    {
      name: 'apache_status',
      comment:
        'One answer of server-status, as page or for machines (?auto). The probe needs a worker: under overload there is no row at all.',
      columns: [
        { name: 'busy_workers', type: 'INTEGER', comment: 'Workers with a request.', nullWhen: 'not printed' },
        { name: 'idle_workers', type: 'INTEGER', comment: 'Workers waiting for one.', nullWhen: 'not printed' },
        { name: 'total_accesses', type: 'BIGINT', comment: 'Requests since start.', nullWhen: 'ExtendedStatus is off' },
        {
          name: 'total_bytes',
          type: 'BIGINT',
          unit: 'bytes',
          comment: 'Sent since start, to the kilobyte; from the page as it rounds it: 1.2 MB.',
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
        {
          name: 'answered',
          type: 'TIMESTAMP',
          comment: 'When Apache answered, by its own clock.',
          nullWhen: 'Apache before 2.4 with ?auto',
        },
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
    WORKER_TABLE,
  ],
  parse: (context, tables) => new ApacheStatusParser(context, tables),
};
