// Logs of a bundle are read in the formats its configuration files say.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ConfigFormats } from '../../src/ingest/config-formats.ts';
import { formatOfMember } from '../../src/ingest/log-format.ts';
import { manifestText, tempFolder } from '../support/archives.ts';
import { importedCase, type TestCase } from '../support/cases.ts';

const MAIN = `LogFormat "%h %{ms}T %>s %t \\"%r\\"" timed
ErrorLogFormat "[%{cu}t] <%l> {%m} %M"
ErrorLog \${APACHE_LOG_DIR}/error.log
`;
const SITE = `<VirtualHost *:80>
  CustomLog /var/log/apache2/shop-access.log \\
    timed
</VirtualHost>
`;
const ACCESS = '10.0.0.9 1250 200 [22/Nov/2026:16:10:01 +0000] "GET /slow HTTP/1.1"\n';
const ERROR =
  '[2026-11-22 16:10:01.000001] <error> {proxy} AH01114: HTTP: failed to make connection to backend: 10.0.0.7\n';
const HOST = {
  'etc/apache2/apache2.conf': MAIN,
  'etc/apache2/sites-enabled/shop.conf': SITE,
  'var/log/apache2/shop-access.log': ACCESS,
  'var/log/apache2/shop-access.log.1': ACCESS.replace('16:10', '15:10'),
  'var/log/apache2/error.log': ERROR,
};

async function bundle(t: TestContext, files: Readonly<Record<string, string>>): Promise<TestCase> {
  const folder = await tempFolder(t);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return importedCase(t, [folder]);
}

async function assertRead(found: TestCase, requests: number): Promise<void> {
  assert.deepEqual(await found.query('select source, member, line_no, reason, excerpt from reject'), []);
  const rows = await found.query('select path, status, duration_us::integer as us from access_log');
  assert.deepEqual(
    rows,
    Array.from({ length: requests }, () => ({ path: '/slow', status: 200, us: 1_250_000 })),
  );
  const errors = await found.query('select ts, level, code from error_log');
  assert.deepEqual(errors, [{ ts: '2026-11-22 16:10:01.000001', level: 'error', code: 'AH01114' }]);
}

test('of a sosreport', async (t) => {
  const files = Object.entries(HOST).map(([name, text]) => [`sosreport-www1/${name}`, text]);
  const date = ['sosreport-www1/sos_commands/date/date', 'Sun Nov 22 16:20:01 UTC 2026\n'];
  await assertRead(await bundle(t, Object.fromEntries([...files, date]) as Record<string, string>), 2);
});

test('of loose files, found by their names alone', async (t) => {
  const files = Object.entries(HOST).map(([name, text]) => [name.replace(/^.*\//, ''), text]);
  await assertRead(await bundle(t, Object.fromEntries(files) as Record<string, string>), 2);
});

test('of a capture with a manifest and without the collected settings', async (t) => {
  const members = Object.keys(HOST).map((name) => `file ${name} collected`);
  await assertRead(await bundle(t, { ...HOST, 'manifest.tsv': manifestText(members) }), 2);
});

test('two logs of one name and two formats are not guessed', () => {
  const configs = new ConfigFormats();
  configs.add(
    'etc/httpd/conf/httpd.conf',
    'CustomLog /srv/a/access.log "%h a"\nCustomLog /srv/b/access.log "%h b"\nCustomLog /srv/b/own.log "%h c"\n',
  );
  const formats = configs.formats();
  assert.equal(formatOfMember(formats, 'sosreport-x/srv/b/access.log'), '%h b');
  assert.equal(formatOfMember(formats, 'access.log'), null);
  assert.equal(formatOfMember(formats, 'own.log.2'), '%h c');
});

test('a rotated log that a pipe writes, and a file that is no configuration', () => {
  const configs = new ConfigFormats();
  configs.add(
    'etc/httpd/conf.d/shop.conf',
    'CustomLog "|/usr/sbin/rotatelogs -l -n 5 /var/log/httpd/shop.%Y%m%d 86400" "%h d"\r\n',
  );
  configs.add('not.conf', '\0\0<VirtualHost\nCustomLog\n# CustomLog /var/log/not.log "%h"\n');
  const formats = configs.formats();
  assert.equal(formatOfMember(formats, 'r/var/log/httpd/shop.20261122'), '%h d');
  assert.equal(formatOfMember(formats, 'r/var/log/not.log'), null);
});

test('what is odd in a text is noted with the file', async (t) => {
  const folder = await tempFolder(t);
  const text =
    'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\r\nLISTEN 0 128 0.0.0.0:80 0.0.0.0:*\r\n';
  await writeFile(join(folder, 'sockets.out'), Buffer.from(`\ufeff${text}`, 'utf16le'));
  const found = await importedCase(t, [folder]);
  assert.deepEqual(await found.query("select source, note from coverage where source = 'ss'"), [
    {
      source: 'ss',
      note: 'loose files; time from mtime; UTF-16LE text, read as UTF-8',
    },
  ]);
});

test('the last text of a file counts, as often as the file was read', () => {
  const configs = new ConfigFormats();
  const texts = ['CustomLog /srv/a.log "%h a"\n', 'CustomLog /srv/a.log "%h b"\n', 'CustomLog /srv/a.log "%h a"\n'];
  for (const text of texts) {
    for (let again = 0; again < 2; again++) configs.add('a.conf', text);
    configs.add('b.conf', 'CustomLog /srv/b.log "%h c"\n');
    assert.equal(formatOfMember(configs.formats(), 'x/srv/a.log'), text.slice(-6, -2));
    assert.equal(formatOfMember(configs.formats(), 'x/srv/b.log'), '%h c');
  }
});
