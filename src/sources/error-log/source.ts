import type { Source } from '../source.ts';
import { parseErrorLog } from './parse.ts';

/** Apache's error logs (2.2 and 2.4), with whatever else was written into them. */
export const source: Source = {
  id: 'error-log',
  title: 'Apache error log',
  docs: 'https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat',
  members: ['logs/error/*', '**/*error*log*', '*error*log*'],
  opening:
    /^\[(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{6})? \d{4}\] \[(?:[\w-]{0,40}:)?(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])\] /,
  tables: [
    {
      name: 'error_log',
      comment: 'A line of an Apache error log; also what scripts and tools wrote to it, with nothing but message set.',
      uniqueBy: ['file', 'line_key'],
      isPlaced: true,
      columns: [
        {
          name: 'ts',
          type: 'TIMESTAMP',
          comment: 'When it was logged (UTC): the local time of the line, taken back by the zone offset of the host.',
          nullWhen: "the line is not Apache's own: a script's error output, another program's message",
        },
        { name: 'module', type: 'VARCHAR', comment: 'proxy_http, core, …', nullWhen: '2.2, or no module named' },
        {
          name: 'level',
          type: 'VARCHAR',
          comment: 'emerg … error, warn, notice … trace8.',
          nullWhen: 'ts is null, or the line has a time alone',
        },
        { name: 'pid', type: 'INTEGER', comment: 'Process that logged it.', nullWhen: '2.2, or ts is null' },
        { name: 'tid', type: 'BIGINT', comment: 'Thread that logged it.', nullWhen: 'not logged' },
        {
          name: 'client',
          type: 'VARCHAR',
          comment: 'Address of the client whose request it is about.',
          nullWhen: 'about no request',
        },
        { name: 'client_port', type: 'INTEGER', comment: 'Port of that client.', nullWhen: '2.2, or client is null' },
        { name: 'code', type: 'VARCHAR', comment: 'Message number, AH00957.', nullWhen: 'the message has none' },
        {
          name: 'errno',
          type: 'INTEGER',
          comment: 'Number before the message: below 20000 the errno of the kernel (111 refused), above an APR status.',
          nullWhen: 'the message has none',
        },
        {
          name: 'message',
          type: 'VARCHAR',
          comment: 'Text after errno, client and code; the whole line if ts is null.',
        },
        { name: 'member', type: 'VARCHAR', comment: 'Member of the capture that holds the line.' },
        { name: 'line_no', type: 'BIGINT', comment: 'Line in that member, from 1.' },
        { name: 'referer', type: 'VARCHAR', comment: 'Referer of the request.', nullWhen: 'the line ends without one' },
        {
          name: 'remote',
          type: 'VARCHAR',
          comment: 'Other end of a connection that is no client request: mostly a backend.',
          nullWhen: 'not logged',
        },
        { name: 'remote_port', type: 'INTEGER', comment: 'Port of remote.', nullWhen: 'remote is null' },
        {
          name: 'location',
          type: 'VARCHAR',
          comment: 'Source file and line, mod_proxy.c(123).',
          nullWhen: 'the level is above debug',
        },
        {
          name: 'after_ts',
          type: 'TIMESTAMP',
          comment: 'Time of the last line above that has one: the line was written then or later.',
          nullWhen: 'ts is known, or no line above has a time',
        },
        {
          name: 'errno_text',
          type: 'VARCHAR',
          comment: 'What Apache says of that number: Connection refused.',
          nullWhen: 'errno is null',
        },
        {
          name: 'backend',
          type: 'VARCHAR',
          comment: 'Address, name or socket of the backend that a message of mod_proxy is about.',
          nullWhen: 'the message names none',
        },
        { name: 'backend_port', type: 'INTEGER', comment: 'Port of that backend.', nullWhen: 'the message has none' },
        { name: 'vhost', type: 'VARCHAR', comment: 'Server name (%v, %V).', nullWhen: 'not logged' },
        {
          name: 'log_id',
          type: 'VARCHAR',
          comment: 'Id of the request (%L), as in access_log.',
          nullWhen: 'not logged, or about no request',
        },
        {
          name: 'extra',
          type: 'VARCHAR',
          comment:
            'What the ErrorLogFormat logs beyond these columns: a JSON object from item (%{User-Agent}i) to text.',
          nullWhen: 'there is nothing else',
        },
        {
          name: 'file',
          type: 'VARCHAR',
          comment: 'Log file on the host: its inode, or its folder and name without what rotation adds.',
        },
        {
          name: 'line_key',
          type: 'BIGINT',
          comment: 'With file: the line. From its place in the file, or from its content where that is not known.',
        },
      ],
    },
  ],
  parse: parseErrorLog,
};
