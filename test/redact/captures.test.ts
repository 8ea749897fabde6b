// The recorded incidents, redacted: they are diagnosed as before, and nothing of what was replaced is left in any byte.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Postmortem } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { readArchive } from '../../src/capture/archive.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { DEFAULT_LIMITS } from '../../src/capture/limits.ts';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { tableSources } from '../../src/ingest/table-sources.ts';
import { redactCaptures } from '../../src/redact/redact-captures.ts';
import { ROOT, tempFolder } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';
import { KEY } from './redact-text.ts';

const library = await loadLibrary();
const filledBy = tableSources(await loadSources());
const IPV4 = /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/g;
/** Point to nobody: this host, no host, masks. */
const KEPT_IPV4 = /^(?:0|127|25[0-5]|24\d)\./;
const MAC = /(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:])/g;
const NO_MAC = /^(?:00:00:00:00:00:00|ff:ff:ff:ff:ff:ff)$/;
const QUERY_VALUE = /"(?:GET|POST) [^ "]*\?[a-z]+=([^ "&]+) HTTP/g;

/** `npm run test:redaction` does them all. */
const SOME = ['test/incidents/conntrack-full', 'test/incidents/worker-exhaustion-5s'];
const ALL = ['samples', 'test/incidents'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => existsSync(join(ROOT, folder, 'truth', `${name}.json`)))
    .map((name) => `${folder}/${name}`),
);

describe('redacted captures', () => {
  for (const folder of process.env['REDACT_ALL'] === '1' ? ALL : SOME)
    it(folder, async (t) => {
      const plain = join(ROOT, folder);
      const redacted = join(await tempFolder(t), 'redacted');
      const result = await redactCaptures((await findCaptures([plain])).captures, redacted, {
        key: KEY,
        limits: DEFAULT_LIMITS,
        version: '0.0.0-test',
        onPair: () => undefined,
        onProgress: () => undefined,
      });
      assert.equal(result.captures, readdirSync(plain).length);
      assert.deepEqual(result.notes, []);
      assert.deepEqual(await diagnosis(t, redacted), await diagnosis(t, plain));
      await nothingLeft(plain, redacted);
    });
});

/** What must not change: the cause, the findings in their order with their times, what was read of each table. */
async function diagnosis(t: TestContext, captures: string): Promise<unknown> {
  const imported = await importedCase(t, [captures], { run: 'run' });
  const query = (sql: string): Promise<readonly Record<string, unknown>[]> => imported.query(sql);
  const document: Postmortem = await analyse(imported.file.connection, {
    lastackVersion: '0.0.0-test',
    library,
    tableSources: filledBy,
  });
  const rows: Record<string, unknown> = {};
  for (const table of new Set(
    (await query('select table_name from duckdb_tables()')).map((row) => String(row['table_name'])),
  ))
    if (table !== 'import_note') rows[table] = await query(`select count(*) as n from "${table}"`);
  return {
    rootCause: document.verdict.rootCause,
    window: document.window,
    findings: document.findings.map(({ id, severity, onset, end }) => [id, severity, onset, end]),
    unchecked: document.unchecked,
    coverage: await query(
      'select source, member, status, lines, row_lines, rows, known, rejects from coverage order by all',
    ),
    rejects: await query('select source, line_no, reason from reject order by all'),
    rows,
  };
}

async function nothingLeft(plain: string, redacted: string): Promise<void> {
  const before = await allText(plain);
  const after = await allText(redacted);
  const originals = new Set([
    'www1',
    'www.lab.example',
    ...(before.match(IPV4) ?? []).filter((address) => !KEPT_IPV4.test(address)),
    ...(before.match(MAC) ?? []).filter((address) => !NO_MAC.test(address)),
  ]);
  assert.ok(originals.size > 10, 'there is something to be found');
  const words = new Set(after.split(/[^\w.:]+|:(?=\d+\b)|::ffff:/));
  for (const original of originals) assert.ok(!words.has(original), `${original} is still there`);
  const values = [...after.matchAll(QUERY_VALUE)].map((match) => match[1]!);
  assert.equal(values.length, [...before.matchAll(QUERY_VALUE)].length);
  for (const value of values) assert.match(value, /^x[a-z2-7]{10}$/);
  for (const pattern of [/www1/, /www\.lab\.example/, /(?<![\d.])10\.77\.(?:0|10|128)\./])
    assert.doesNotMatch(after, pattern);
}

/** Names and bytes of all members of all archives of a folder. */
async function allText(folder: string): Promise<string> {
  const parts: string[] = [];
  for (const name of readdirSync(folder)) {
    parts.push(name);
    await readArchive(join(folder, name), DEFAULT_LIMITS, {
      member: (path) => {
        parts.push(path);
        return Promise.resolve({
          push: (chunk) => void parts.push(Buffer.from(chunk).toString('latin1')),
          end: () => Promise.resolve(),
        });
      },
      note: () => undefined,
      damaged: (text) => assert.fail(text),
    });
    parts.push('\n');
  }
  return parts.join('');
}
