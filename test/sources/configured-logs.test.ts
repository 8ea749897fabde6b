import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredLogs } from '../../src/sources/apache-settings/configured-logs.ts';

test('logs and their formats, whichever file comes first', () => {
  const site = [
    '<VirtualHost *:80>',
    'CustomLog ${APACHE_LOG_DIR}/shop.log timed',
    'CustomLog "|/usr/sbin/rotatelogs -l -n 5 /var/log/httpd/shop.%Y%m%d 86400" combined',
    'CustomLog "logs/ssl_request_log" \\',
    '          "%t %h \\"%r\\" %b" env=!dontlog',
    'CustomLog "|/usr/bin/logger -t web" timed',
    'CustomLog /var/log/odd.log nobody-defined-it',
    'TransferLog logs/ssl_access_log',
    '# CustomLog /var/log/not.log timed',
  ].join('\n');
  const main = 'LogFormat "%h %D \\"%r\\"" timed\r\nLogFormat "%h %>s" combined\n';
  assert.deepEqual(configuredLogs([site, main]), [
    { path: '${APACHE_LOG_DIR}/shop.log', format: '%h %D "%r"' },
    { path: '/var/log/httpd/shop.%Y%m%d', format: '%h %>s' },
    { path: 'logs/ssl_request_log', format: '%t %h "%r" %b' },
    { path: 'logs/ssl_access_log', format: '%h %l %u %t "%r" %>s %b' },
  ]);
});
