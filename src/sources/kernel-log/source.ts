import type { Source } from '../source.ts';
import { LogParser } from './parse.ts';
import { KERNEL_LOG_TABLE, SYSTEM_LOG_TABLE } from './tables.ts';

const TABLES = [KERNEL_LOG_TABLE, SYSTEM_LOG_TABLE];

/** Lines that only dmesg prints: a time in brackets (behind the level, in colours), a record of /dev/kmsg, its JSON. */
const DMESG = anyOf(
  String.raw`(?:\x1b\[\d{1,2}m){0,2}(?:<\d{1,3}>|[a-z]{3,8} *: *[a-z]{3,6} *: )?(?:\x1b\[\d{1,2}m){0,2}\[(?: *\d{1,8}\.\d{6}(?: <[ +\d.]{6,20}>)?\](?:\[ *[TC]\d{1,8}\])?|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}(?: <[ +\d.]{6,20}>)?\]|[A-Z][a-z]{2}[ \d]\d \d\d:\d\d\]|< *\d{1,9}\.\d{6}>\]) (?:\x1b\[\d{0,2}m){0,2}[^[\s]`,
  String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d \S`,
  String.raw`\d{1,3},\d{1,12},\d{1,16},[-+c]`,
  String.raw` {0,8}"dmesg": \[`,
);

/** Lines that syslog daemons and journalctl print: a time, the host, the program. */
const TAG = String.raw` \S{1,64} (?:[a-z]{3,8}\d?\.[a-z]{3,6} )?[^\s:[\]]{1,64}(?:\[\d{1,10}\])?: `;
const LOG = anyOf(
  String.raw`(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{6})?${TAG}`,
  String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:Z|[+-]\d\d:?\d\d)${TAG}`,
  String.raw`[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})? [A-Z+-]\S{1,8}(?:${TAG}| \[s=[0-9a-f]{32};)`,
  String.raw`\d{10}\.\d{6}${TAG}`,
  String.raw`<\d{1,3}>1 (?:\d{4}-\d\d-\d\dT|- )`,
  String.raw`__CURSOR=s=`,
  String.raw`(?:\{|\t)"_?_?[A-Z][A-Z_]{2,40}" ?: ?["[]`,
  String.raw`-- (?:Journal begins|Logs begin) at `,
);

function anyOf(...lines: readonly string[]): RegExp {
  return new RegExp(`^(?:${lines.join('|')})`);
}

/** Copies the boot scripts keep of earlier boots: the sample's uptime says nothing of them. */
const OF_EARLIER_BOOT = /dmesg\.(?:old|\d{1,2})$/;

/** The kernel's ring buffer, however dmesg printed it. */
const dmesg: Source = {
  id: 'kernel-log',
  title: 'Kernel log (dmesg)',
  docs: 'https://man7.org/linux/man-pages/man1/dmesg.1.html',
  members: ['dmesg.txt', '*dmesg*', '**/*dmesg*'],
  opening: DMESG,
  fact: { name: 'kernel-log', rank: 0 },
  tables: TABLES,
  parse: (context, tables) =>
    new LogParser(
      OF_EARLIER_BOOT.test(context.member) ? { ...context, uptimeS: null, bootId: null } : context,
      tables,
      true,
    ),
};

/** The same buffer with times of day, which tell less: used where it lies in a capture alone. Its id comes first, as its names do. */
const times: Source = {
  id: 'dmesg-times',
  title: 'Kernel log with times of day (dmesg -T)',
  docs: dmesg.docs,
  members: ['dmesg-T*', 'dmesg_T*', '**/dmesg_-T*', '**/dmesg-T*'],
  fact: { name: 'kernel-log', rank: 1 },
  tables: TABLES,
  parse: (context, tables) => dmesg.parse(context, tables),
};

/** Files of syslog daemons and the journal, which hold the kernel's lines and those of programs. */
const system: Source = {
  id: 'system-log',
  title: 'System log (syslog, journalctl)',
  docs: 'https://www.rfc-editor.org/rfc/rfc5424',
  members: [
    'syslog*',
    'messages*',
    'kern.log*',
    '**/kern.log*',
    'journal*',
    'logs/system/*',
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
  opening: LOG,
  tables: TABLES,
  parse: (context, tables) => new LogParser(context, tables, false),
};

export const sources: readonly Source[] = [dmesg, times, system];
