import type { Source } from '../source.ts';
import { LogParser } from './parse.ts';
import { KERNEL_LOG_TABLE, SYSTEM_LOG_TABLE } from './tables.ts';

const TABLES = [KERNEL_LOG_TABLE, SYSTEM_LOG_TABLE];

/** The kernel's ring buffer, however dmesg printed it. */
const dmesg: Source = {
  id: 'kernel-log',
  title: 'Kernel log (dmesg)',
  docs: 'https://man7.org/linux/man-pages/man1/dmesg.1.html',
  members: ['dmesg.txt', '*dmesg*', '**/*dmesg*', 'kern.log*', '**/kern.log*', 'journalctl-k*', '**/journalctl_-k*'],
  opening:
    /^(?:(?:<\d{1,3}>|[a-z]{3,8} *: *[a-z]{3,6} *: )?\[ *\d{1,8}\.\d{6}(?: <[ +\d.]{6,20}>)?\](?:\[ *[TC]\d{1,8}\])? \S|\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] [^[\s]|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d \S|\[[A-Z][a-z]{2}[ \d]\d \d\d:\d\d\] \S|\d{1,3},\d{1,12},\d{1,16},[-+c])/,
  tables: TABLES,
  parse: (context, tables) => new LogParser(context, tables, true),
};

/** Files of syslog daemons and the journal, which hold the kernel's lines and those of programs. */
const system: Source = {
  id: 'system-log',
  title: 'System log (syslog, journalctl)',
  docs: 'https://www.rfc-editor.org/rfc/rfc5424',
  members: [
    'syslog*',
    'messages*',
    'journal*',
    'logs/syslog*',
    'logs/messages*',
    '**/var/log/syslog*',
    '**/var/log/messages*',
    '**/var/log/daemon.log*',
    '**/var/log/user.log*',
    '**/sos_commands/logs/journalctl*',
    '**/sos_commands/systemd/journalctl*',
    '**/journalctl*',
  ],
  opening:
    /^(?:(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{6})? \S{1,64} [^\s:[\]]{1,64}(?:\[\d{1,10}\])?: |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?[+-]\d\d:?\d\d \S{1,64} [^\s:[\]]{1,64}(?:\[\d{1,10}\])?: |<\d{1,3}>1 \d{4}-\d\d-\d\dT|[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})? [A-Z+-]\S{1,8} \S{1,64} \S|__CURSOR=s=|\{"(?:[A-Z_]{3,40}" ?: ?")|-- (?:Journal begins|Logs begin) at )/,
  tables: TABLES,
  parse: (context, tables) => new LogParser(context, tables, false),
};

export const sources: readonly Source[] = [dmesg, system];
