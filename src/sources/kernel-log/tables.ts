import type { Column, Table } from '../../base/table.ts';

const NOT_PRINTED = 'not printed';
const NAMES_NONE = 'it names none';

const EVENT: Column = {
  name: 'event',
  type: 'VARCHAR',
  comment: 'What is known to be meant: syn_flood, ct_full, ratelimit, link, …',
  nullWhen: 'it is none of the recognised messages',
};
const WHERE: readonly Column[] = [
  { name: 'event_port', type: 'INTEGER', comment: 'Port it names.', nullWhen: NAMES_NONE },
  { name: 'event_interface', type: 'VARCHAR', comment: 'Interface it names.', nullWhen: NAMES_NONE },
  {
    name: 'event_count',
    type: 'BIGINT',
    comment: 'Number it names: messages suppressed or lost, seconds blocked, table size, order of a page.',
    nullWhen: NAMES_NONE,
  },
  { name: 'member', type: 'VARCHAR', comment: 'Member of the capture that holds the line.' },
  { name: 'line_no', type: 'BIGINT', comment: 'Line in that member, from 1.' },
  {
    name: 'event_detail',
    type: 'VARCHAR',
    comment: 'What else tells such messages apart: up, down, entered, left, Sending cookies, a process name.',
    nullWhen: 'there is nothing',
  },
  {
    name: 'event_params',
    type: 'VARCHAR',
    comment: 'Whatever else the message names, as a JSON object: address, pid, queue, speed, unit, ….',
    nullWhen: 'there is nothing',
  },
];
const TIME: readonly Column[] = [
  {
    name: 'ts_from',
    type: 'VARCHAR',
    comment:
      'Where ts is from: boot (worked out here from the time since boot and the uptime of the sample), dmesg (worked out so by dmesg), log (printed by the syslog daemon or the journal), journal (its own time of the entry).',
    nullWhen: 'ts is null',
  },
  {
    name: 'ts_step_ms',
    type: 'DOUBLE',
    unit: 'ms',
    comment: 'Smallest step of the printed time: 1000 for whole seconds, 60000 for dmesg -e; nothing finer is known.',
    nullWhen: 'ts is from the time since boot, or null',
  },
];
const MOMENT: Column = {
  name: 'moment',
  type: 'VARCHAR',
  comment:
    'What tells the message when it is seen again: boot and time since boot, else the time as logged, and which of several equal ones it is.',
  nullWhen: 'no time is printed',
};
const LOG_HOST: Column = {
  name: 'log_host',
  type: 'VARCHAR',
  comment: 'Host the line names; another one where a log is collected from several.',
  nullWhen: NOT_PRINTED,
};
const PRIORITY: readonly Column[] = [
  {
    name: 'level',
    type: 'VARCHAR',
    comment: 'emerg, alert, crit, err, warn, notice, info, debug.',
    nullWhen: 'not printed: dmesg without -x or -r, most files of syslog',
  },
  { name: 'facility', type: 'VARCHAR', comment: 'kern, daemon, …', nullWhen: 'not printed, as the level' },
];

export const KERNEL_LOG_TABLE: Table = {
  name: 'kernel_log',
  comment:
    'A kernel message, once, though every sample prints the whole ring buffer, and a log without the kernel’s own stamp may hold it too: the same text within two seconds of it is the same message. The buffer is machine-wide.',
  columns: [
    {
      name: 'ts',
      type: 'TIMESTAMP',
      comment:
        'When it was logged (UTC), as ts_from says; from the time since boot a suspended machine makes it too early.',
      nullWhen: 'neither a time of day is printed nor the uptime of the sample known',
    },
    {
      name: 'boot_id',
      type: 'VARCHAR',
      comment: 'Which boot.',
      nullWhen: 'neither the capture nor the line says, or the line is of an earlier boot',
    },
    {
      name: 'boot_s',
      type: 'DOUBLE',
      unit: 's',
      comment: 'Seconds since boot; whole ones, worked out from the uptime, where a time of day was printed.',
      nullWhen: 'not printed and the uptime is not known',
    },
    ...PRIORITY,
    { name: 'message', type: 'VARCHAR', comment: 'The text without time and level.' },
    EVENT,
    ...WHERE,
    ...TIME,
    {
      name: 'drift_ms',
      type: 'BIGINT',
      unit: 'ms',
      comment:
        'How much later the printed time is than the time since boot says: steps of the clock, time suspended, and how long the log took.',
      nullWhen: 'the line does not print both, or is of an earlier boot',
    },
    LOG_HOST,
    MOMENT,
  ],
  uniqueBy: ['moment', 'message'],
  sights: {
    text: 'message',
    moment: 'moment',
    log: 'member',
    step: 'ts_step_ms',
    boot: 'boot_id',
    logHost: 'log_host',
  },
};

export const SYSTEM_LOG_TABLE: Table = {
  name: 'system_log',
  comment: 'A message of a program in syslog or the journal, once, though several samples hold the file.',
  columns: [
    {
      name: 'ts',
      type: 'TIMESTAMP',
      comment: 'When it was logged (UTC).',
      nullWhen: 'no time is printed, or none that is one',
    },
    LOG_HOST,
    { name: 'program', type: 'VARCHAR', comment: 'Program that wrote it.', nullWhen: NOT_PRINTED },
    { name: 'pid', type: 'INTEGER', comment: 'Its process id.', nullWhen: NOT_PRINTED },
    ...PRIORITY,
    { name: 'message', type: 'VARCHAR', comment: 'The text behind the program.' },
    { ...EVENT, comment: 'What is known to be meant: service, collectd, log_lost, time_step, oom_user, …' },
    ...WHERE,
    ...TIME,
    MOMENT,
  ],
  uniqueBy: ['moment', 'message'],
};
