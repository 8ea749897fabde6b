import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Finding } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { runLibrary } from '../../src/analysis/run-library.ts';
import { makeScope } from '../../src/analysis/scope.ts';
import { toCsv } from '../support/csv.ts';
import { compareGolden } from '../support/golden.ts';
import { projectRoot } from '../support/project.ts';
import { hasInput, smallCase, tableSources } from './small-case.ts';

const library = await loadLibrary();
const folder = join(projectRoot, 'test/queries/findings');
const COLUMNS = ['subject', 'severity', 'role', 'confidence', 'onset', 'end', 'ruled_out', 'evidence', 'actions'];
const options = { lastackVersion: '0.0.0-test', library, tableSources };

describe('findings', () => {
  for (const { id } of library.findings) {
    for (const name of casesOf(id)) {
      it(`${id}/${name}`, async (t) => {
        const input = `findings/${id}/${name}/input.sql`;
        assert.ok(hasInput(input), `${id} has no case "${name}"`);
        const connection = await smallCase(t, 'quiet.sql', input);
        const document = await analyse(connection, options);
        const rows = document.findings.filter((finding) => finding.id === id);
        const isHit = name.startsWith('hit');
        const grave = rows.filter((finding) => isHit || finding.severity !== 'info');
        assert.equal(
          grave.length > 0,
          isHit,
          'a case named "hit…" finds it; "miss…" and "look-alike…" do not, above info',
        );
        assert.equal(compareGolden(join(folder, id, name, 'expected.csv'), toCsv(COLUMNS, rows.map(asRow))), null);
      });
    }
  }

  it('has no case of a finding that is not there', () => {
    const ids = library.findings.map((file) => file.id);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !ids.includes(name)),
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

/** The folders of a finding: each has `hit` and `miss`; others begin with these words or with `look-alike`. */
function casesOf(id: string): readonly string[] {
  const found = existsSync(join(folder, id)) ? readdirSync(join(folder, id)) : [];
  const names = [...new Set(['hit', 'miss', ...found])];
  assert.deepEqual(
    names.filter((name) => !/^(?:hit|miss|look-alike)(?:-|$)/.test(name)),
    [],
    id,
  );
  return names.sort();
}

function asRow(finding: Finding): Record<string, string | number | null> {
  return {
    subject: finding.subject,
    severity: finding.severity,
    role: finding.role,
    confidence: finding.confidence,
    onset: finding.onset,
    end: finding.end,
    ruled_out: finding.ruledOut.map((item) => item.id).join(' '),
    evidence: finding.evidence.length,
    actions: finding.actions.length,
  };
}
