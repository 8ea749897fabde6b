import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { manifestText, tempFolder, writeArchive } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';

const LINE = '2026-11-22 20:36:14|10.80.0.1|502|GET /app HTTP/1.1|2500';
const FORMAT = '%{%Y-%m-%d %H:%M:%S}t|%a|%>s|%r|%{ms}T';
const SETTINGS = `directive\t-\tLogFormat\t"${FORMAT}" piped\t/etc/apache2/apache2.conf:3\n`;

/** What an import with `--log-format` makes of one line in a format of its own. */
async function importAs(
  t: TestContext,
  format: string,
): Promise<{ row: unknown; stderr: string; code: number | null }> {
  const folder = await tempFolder(t);
  const capture = await writeArchive(join(folder, 'www1.tar.gz'), [
    {
      name: 's/manifest.tsv',
      body: manifestText(['settings apache-settings.txt collected', 'log logs/access/a.log collected']),
    },
    { name: 's/apache-settings.txt', body: SETTINGS },
    { name: 's/logs/access/a.log', body: `${LINE}\n` },
  ]);
  const file = join(folder, 'case.duckdb');
  const { stderr, code } = await lastack(['import', capture, '--case', file, '--log-format', format]);
  if (code !== 0) return { row: null, stderr, code };
  const sql = 'select client, status, path, duration_us::integer as us from access_log';
  const { stdout } = await lastack(['query', '--case', file, '--format', 'json', sql]);
  return { row: (JSON.parse(stdout) as unknown[])[0] ?? null, stderr, code };
}

test('--log-format takes a LogFormat string, or a nickname of the captured configuration', async (t) => {
  const row = { client: '10.80.0.1', status: 502, path: '/app', us: 2_500_000 };
  assert.deepEqual((await importAs(t, FORMAT)).row, row);
  assert.deepEqual((await importAs(t, 'piped')).row, row);
});

test('a nickname nobody knows is said, and a string that is no LogFormat is wrong usage', async (t) => {
  const unknown = await importAs(t, 'fancy');
  assert.equal(unknown.row, null);
  assert.match(unknown.stderr, /no LogFormat "fancy" known: the formats of access logs were recognised/);
  const wrong = await importAs(t, '%h %(x)');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /It is no LogFormat string/);
});
