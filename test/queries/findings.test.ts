import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { runLibrary } from '../../src/analysis/run-library.ts';
import { makeScope } from '../../src/analysis/scope.ts';
import { casesFolder, casesOf } from './finding-cases.ts';
import { smallCase, tableSources } from './small-case.ts';

const library = await loadLibrary();
const options = { lastackVersion: '0.0.0-test', library, tableSources };

describe('findings', () => {
  it('has no case of a finding that is not there', () => {
    const ids = library.findings.map((file) => file.id);
    assert.deepEqual(
      readdirSync(casesFolder).filter((name) => !ids.includes(name)),
      [],
    );
  });

  it('finds nothing in the quiet case', async (t) => {
    const document = await analyse(await smallCase(t, 'quiet.sql'), options);
    assert.deepEqual(
      document.findings.filter((finding) => finding.severity !== 'info'),
      [],
    );
    assert.equal(document.verdict.rootCause, null);
    assert.deepEqual(document.unchecked, []);
  });

  it('has a hit, a miss and a look-alike of each finding', () => {
    for (const { id } of library.findings) {
      const kinds = new Set(casesOf(id).map((name) => /^(?:hit|miss|look-alike)/.exec(name)?.[0]));
      assert.deepEqual(kinds, new Set(['hit', 'look-alike', 'miss']), id);
    }
  });

  it('says of each finding alone that it could not be checked without its evidence', async (t) => {
    const connection = await smallCase(t, 'quiet.sql');
    for (const file of library.findings) {
      for (const group of file.evidence ?? [file.needs]) {
        await connection.run('begin transaction');
        for (const table of group) {
          await connection.run(`delete from "${table}"`);
          const sources = (tableSources[table] ?? [table]).map((source) => `'${source}'`).join(', ');
          await connection.run(`update coverage set status = 'absent' where source in (${sources})`);
        }
        const only = {
          ...library,
          functions: [],
          relations: [],
          metrics: [],
          episodes: [],
          document: [],
          findings: [file],
        };
        const { unchecked } = await runLibrary(connection, only, await makeScope(connection, {}), tableSources, {});
        assert.deepEqual(
          unchecked.map((item) => [item.file.id, item.missing]),
          [[file.id, [group.join(' or ')]]],
        );
        await connection.run('rollback');
      }
    }
  });

  it('says of each finding that it could not be checked when nothing was captured', async (t) => {
    const connection = await smallCase(t, 'quiet.sql');
    const tables = [
      'socket',
      'counter',
      'conntrack',
      'conntrack_fill',
      'conntrack_stat',
      'kernel_log',
      'access_log',
      'error_log',
      'apache_status',
      'interface',
      'softnet',
      'sysctl',
      'process',
      'memory',
    ];
    for (const table of tables) await connection.run(`delete from ${table}`);
    await connection.run("update coverage set status = 'absent'");
    const document = await analyse(connection, options);
    assert.deepEqual(
      document.unchecked.map((item) => item.id),
      library.findings.map((file) => file.id),
    );
    assert.equal(document.verdict.rootCause, null);
    assert.match(document.verdict.limits.join(' '), /Could not be checked/);
  });
});
