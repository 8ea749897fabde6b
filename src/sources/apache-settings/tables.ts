import type { Table } from '../../base/table.ts';

export const SETTING_TABLE: Table = {
  name: 'setting',
  comment: 'A directive of the Apache configuration, in the order it is read, or a line of what Apache says of itself.',
  columns: [
    { name: 'key', type: 'VARCHAR', comment: 'Directive (MaxRequestWorkers), or what httpd -V or -S names.' },
    {
      name: 'value',
      type: 'VARCHAR',
      comment: 'Arguments as written, quotes and escapes included; passwords and shared secrets are *** (hidden).',
    },
    {
      name: 'scope',
      type: 'VARCHAR',
      comment:
        'The sections around the directive: <VirtualHost *:80>/<Location /x>, - at top level. Otherwise what the line is ' +
        'of: version, compiled, module, run, include, message.',
    },
    {
      name: 'origin',
      type: 'VARCHAR',
      comment: 'file:line of the directive.',
      nullWhen: 'the line is no directive',
    },
  ],
};

export const VHOST_TABLE: Table = {
  name: 'apache_vhost',
  comment: 'A virtual host, as apachectl -S lists them.',
  columns: [
    { name: 'address', type: 'VARCHAR', comment: 'Address and port it answers on: *:80, [::1]:443.' },
    { name: 'port', type: 'INTEGER', comment: 'The port alone.', nullWhen: 'the address is of every port (*)' },
    { name: 'server_name', type: 'VARCHAR', comment: 'ServerName, or the name Apache took for it.' },
    { name: 'aliases', type: 'VARCHAR', comment: 'Names of ServerAlias, a blank between.', nullWhen: 'there are none' },
    { name: 'is_default', type: 'BOOLEAN', comment: 'Answers requests whose name fits no host of this address.' },
    { name: 'origin', type: 'VARCHAR', comment: 'file:line of its section.' },
  ],
};
