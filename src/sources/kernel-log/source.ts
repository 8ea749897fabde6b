import type { Source } from '../source.ts';
import { parseKernelLog } from './parse.ts';

/** The kernel's ring buffer, however dmesg printed it. */
export const source: Source = {
  id: 'kernel-log',
  title: 'Kernel log (dmesg)',
  docs: 'https://man7.org/linux/man-pages/man1/dmesg.1.html',
  members: ['dmesg.txt', '*dmesg*', '**/*dmesg*', 'kern.log*', '**/kern.log*'],
  tables: [
    {
      name: 'kernel_log',
      comment: 'A kernel message, once, though every sample prints the whole ring buffer. The buffer is machine-wide.',
      columns: [
        {
          name: 'ts',
          type: 'TIMESTAMP',
          comment: 'When it was logged (UTC), from the time since boot; a suspended machine makes it too early.',
          nullWhen: 'neither a time of day is printed nor the uptime of the sample known',
        },
        { name: 'boot_id', type: 'VARCHAR', comment: 'Which boot.', nullWhen: 'the capture does not say' },
        {
          name: 'boot_s',
          type: 'DOUBLE',
          unit: 's',
          comment: 'Seconds since boot; whole ones, worked out from the uptime, where a time of day was printed.',
          nullWhen: 'not printed and the uptime is not known',
        },
        {
          name: 'level',
          type: 'VARCHAR',
          comment: 'emerg, alert, crit, err, warn, notice, info, debug.',
          nullWhen: 'dmesg ran without -x or -r',
        },
        { name: 'facility', type: 'VARCHAR', comment: 'kern, daemon, …', nullWhen: 'dmesg ran without -x or -r' },
        { name: 'message', type: 'VARCHAR', comment: 'The text without time and level.' },
        {
          name: 'event',
          type: 'VARCHAR',
          comment: 'What is known to be meant: syn_flood, ct_full, ratelimit, link, …',
          nullWhen: 'it is none of the recognised messages',
        },
        { name: 'event_port', type: 'INTEGER', comment: 'Port it names.', nullWhen: 'it names none' },
        { name: 'event_interface', type: 'VARCHAR', comment: 'Interface it names.', nullWhen: 'it names none' },
        {
          name: 'event_count',
          type: 'BIGINT',
          comment: 'Number it names: messages suppressed, seconds blocked, table size, order of a page.',
          nullWhen: 'it names none',
        },
        { name: 'member', type: 'VARCHAR', comment: 'Member of the capture that holds the line.' },
        { name: 'line_no', type: 'BIGINT', comment: 'Line in that member, from 1.' },
        {
          name: 'event_detail',
          type: 'VARCHAR',
          comment: 'What else tells such messages apart: up, down, entered, left, Sending cookies, a process name.',
          nullWhen: 'there is nothing',
        },
      ],
      uniqueBy: ['boot_id', 'boot_s', 'message'],
    },
  ],
  parse: parseKernelLog,
};
