import type { Source } from '../source.ts';
import { ApachectlParser } from './apachectl.ts';
import { ApacheSettingsParser } from './collected.ts';
import { ApacheConfigParser } from './config.ts';
import { SETTING_TABLE, VHOST_TABLE } from './tables.ts';

const collected: Source = {
  id: 'apache-settings',
  title: 'Apache settings',
  docs: 'https://httpd.apache.org/docs/2.4/mod/directives.html',
  members: ['apache-settings.txt'],
  opening: /^version\tServer version\tApache\//,
  fact: { name: 'apache-settings', rank: 0 },
  tables: [SETTING_TABLE],
  parse: (_context, tables) => new ApacheSettingsParser(tables.of('setting')),
};

/** Only what is switched on: sites-available and mods-available hold files nobody includes. */
const config: Source = {
  id: 'apache-config',
  title: 'Apache configuration files',
  docs: 'https://httpd.apache.org/docs/2.4/configuring.html',
  members: [
    '**etc/httpd/conf/*.conf',
    '**etc/httpd/conf.d/*.conf',
    '**etc/httpd/conf.modules.d/*.conf',
    '**etc/apache2/*.conf',
    '**etc/apache2/conf.d/*',
    '**etc/apache2/vhosts.d/*.conf',
    '**etc/apache2/conf-enabled/*',
    '**etc/apache2/mods-enabled/*',
    '**etc/apache2/sites-enabled/*',
    '*httpd*.conf',
    '*apache2*.conf',
  ],
  opening: /^ServerRoot "?\//,
  fact: { name: 'apache-settings', rank: 1 },
  tables: [SETTING_TABLE],
  parse: ({ member }, tables) => new ApacheConfigParser(tables.of('setting'), hostPath(member)),
};

const apachectl: Source = {
  id: 'apachectl',
  title: 'Apache’s build and virtual hosts (apachectl -V, -S, -M)',
  docs: 'https://httpd.apache.org/docs/2.4/programs/httpd.html',
  members: [
    '**/sos_commands/apache/*apache*ctl_*',
    '**/sos_commands/apache/httpd_-*',
    '*apachectl*',
    '*apache2ctl*',
    'httpd-*.txt',
    'httpd_*.txt',
    'apache2-V*.txt',
    'apache2_-*',
  ],
  opening:
    /^(?:Server version: Apache\/|VirtualHost configuration:$|Loaded Modules:$|Compiled in modules:$|Included configuration files:$|ServerRoot: ")/,
  tables: [SETTING_TABLE, VHOST_TABLE],
  parse: (_context, tables) => new ApachectlParser(tables.of('setting'), tables.of('apache_vhost')),
};

/** How the web server is set up: from our collector, else from its files; and what it says of itself. */
export const sources: readonly Source[] = [collected, config, apachectl];

/** `sosreport-x/etc/httpd/conf/httpd.conf` → `/etc/httpd/conf/httpd.conf` */
function hostPath(member: string): string {
  const at = member.search(/(?:^|\/)etc\/(?:httpd|apache2)\//);
  return at < 0 ? member : `/${member.slice(at).replace(/^\//, '')}`;
}
