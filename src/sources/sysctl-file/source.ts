import type { Source } from '../source.ts';
import { SysctlFileParser } from './parse.ts';

const COLLECTED = 'sysctl-files.txt';

/** Kernel settings as the host sets them at boot, which is not always what is in force. */
export const source: Source = {
  id: 'sysctl-file',
  title: 'Kernel settings in files (/etc/sysctl.conf, sysctl.d)',
  docs: 'https://man7.org/linux/man-pages/man5/sysctl.d.5.html',
  members: [
    COLLECTED,
    '**etc/sysctl.conf',
    'sysctl.conf',
    '*sysctl*.conf',
    '**etc/sysctl.d/*.conf',
    '**run/sysctl.d/*.conf',
    '**lib/sysctl.d/*.conf',
  ],
  // the same lines as the output of sysctl, so that a file of this name is not taken for one
  opening:
    /^(?:\s{0,8}-?(?:abi|debug|dev|fs|kernel|net|sunrpc|user|vm)[./][\w./@:*-]{1,200}\s{0,8}=|\/\S{1,100}\/sysctl\S{0,200}:\d{1,9}:)/,
  hasComments: true,
  tables: [
    {
      name: 'sysctl_file',
      comment:
        'A setting written in a file that is loaded at boot. Of several for one key the file whose name sorts last wins, ' +
        'whatever its folder; /etc/sysctl.conf comes after all others with `sysctl --system`.',
      columns: [
        { name: 'file', type: 'VARCHAR', comment: 'Path on the host: /etc/sysctl.d/99-web.conf.' },
        { name: 'line_no', type: 'BIGINT', comment: 'Line of the file, from 1.' },
        { name: 'key', type: 'VARCHAR', comment: 'As in sysctl; may hold `*` for every interface.' },
        {
          name: 'value',
          type: 'VARCHAR',
          comment: 'As written, blanks and tabs between its numbers as one space; secrets are *** (hidden).',
          nullWhen: 'the line (-key) takes the key out of what a pattern sets',
        },
      ],
    },
  ],
  parse: ({ member }, tables) =>
    new SysctlFileParser(tables.of('sysctl_file'), member === COLLECTED ? null : hostPath(member)),
};

/** `sosreport-x/etc/sysctl.conf` → `/etc/sysctl.conf` */
function hostPath(member: string): string {
  const at = member.search(/(?:^|\/)(?:etc|run|usr\/lib|lib)\/sysctl\./);
  return at < 0 ? member : `/${member.slice(at).replace(/^\//, '')}`;
}
