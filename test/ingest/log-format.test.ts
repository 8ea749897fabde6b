import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOfLog, namedFormat, readLogFormats } from '../../src/ingest/log-format.ts';

const COMBINED = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"';

function settings(lines: readonly string[]): string {
  return lines
    .map((line) => `directive\t${line.replace(' ', '\t').replace(' ', '\t')}\t/etc/httpd/a.conf:1\n`)
    .join('');
}

test('the format of a log is found by its path, whatever rotation made of it', () => {
  const formats = readLogFormats(
    settings([
      '- LogFormat "%h %D" timed',
      '- LogFormat "%t %h" ',
      '- CustomLog /var/log/httpd/a_log timed env=!quiet',
      '- CustomLog "logs/access_log" combined',
      "- CustomLog 'logs/own_log' '%h \"%r\"'",
      '- TransferLog logs/ssl_access_log',
      '- GlobalLog /var/log/httpd/all_log timed',
      '- CustomLog "|/usr/sbin/rotatelogs -l /var/log/httpd/piped.%Y%m%d 86400" timed',
      '- CustomLog /var/log/httpd/none_log unknown',
    ]),
  );
  const of = (path: string): string | null => formatOfLog(formats, path);
  assert.equal(of('/var/log/httpd/a_log'), '%h %D');
  assert.equal(of('/var/log/httpd/a_log-20261122.gz'), '%h %D');
  assert.equal(of('/var/log/httpd/a_log.1'), '%h %D');
  assert.equal(of('/var/log/httpd/a_log_of_another'), null);
  assert.equal(of('/var/log/httpd/access_log'), COMBINED);
  assert.equal(of('/var/log/httpd/own_log.2'), '%h "%r"');
  assert.equal(of('/var/log/httpd/ssl_access_log'), '%t %h');
  assert.equal(of('/var/log/httpd/all_log'), '%h %D');
  assert.equal(of('/var/log/httpd/piped.20261122'), '%h %D');
  assert.equal(of('/var/log/httpd/none_log'), null);
  assert.equal(namedFormat('timed', formats), '%h %D');
  assert.equal(namedFormat('vhost_combined', formats), `%v:%p ${COMBINED}`);
  assert.equal(namedFormat('%a %b', formats), '%a %b');
  assert.equal(namedFormat('nobody', formats), null);
});

test('an error log has the ErrorLogFormat of its virtual host, or of the server', () => {
  const formats = readLogFormats(
    settings([
      '- ErrorLogFormat "[%{u}t] %M"',
      '- ErrorLog logs/error_log',
      '<VirtualHost> ErrorLog /var/log/httpd/v_error_log',
      '<VirtualHost> ErrorLogFormat request "[R:%L]"',
      '<VirtualHost> ErrorLogFormat "%t %M"',
      '- ErrorLog syslog:local1',
    ]),
  );
  assert.equal(formatOfLog(formats, '/var/log/httpd/error_log'), '[%{u}t] %M');
  assert.equal(formatOfLog(formats, '/var/log/httpd/v_error_log'), '%t %M\n[R:%L]');
});

test('settings that say nothing of logs replace nothing', () => {
  assert.equal(readLogFormats('').size, 0);
  assert.equal(readLogFormats(settings(['- Listen 80'])).size, 0);
});
