import type { Source } from '../source.ts';
import { ApacheSettingsParser } from './parse.ts';

/** Apache's version and directives, as the collector gathered them. */
export const source: Source = {
  id: 'apache-settings',
  title: 'Apache settings',
  docs: 'https://httpd.apache.org/docs/2.4/mod/directives.html',
  members: ['apache-settings.txt'],
  tables: [
    {
      name: 'setting',
      comment: 'A directive of the Apache configuration, in the order it is read, or a line of its version.',
      columns: [
        { name: 'key', type: 'VARCHAR', comment: 'Directive (MaxRequestWorkers), or what httpd -V names.' },
        { name: 'value', type: 'VARCHAR', comment: 'Arguments as written, quotes and escapes included.' },
        {
          name: 'scope',
          type: 'VARCHAR',
          comment: 'version, or the sections around the directive: <VirtualHost *:80>/<Location /x>, - at top level.',
        },
        {
          name: 'origin',
          type: 'VARCHAR',
          comment: 'file:line of the directive.',
          nullWhen: 'the line is about the version',
        },
      ],
    },
  ],
  parse: (_context, tables) => new ApacheSettingsParser(tables.of('setting')),
};
