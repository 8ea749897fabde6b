import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Finding } from '../../src/analysis/document.ts';
import { loadLibrary, type QueryLibrary } from '../../src/analysis/library.ts';
import { toCsv } from '../support/csv.ts';
import { compareGolden } from '../support/golden.ts';
import { projectRoot } from '../support/project.ts';
import { hasInput, smallCase, tableSources } from './small-case.ts';

/** Where the cases of the findings lie, a folder each. */
export const casesFolder: string = join(projectRoot, 'test/queries/findings');

const COLUMNS = ['subject', 'severity', 'role', 'confidence', 'onset', 'end', 'ruled_out', 'evidence', 'actions'];
const SHARES = 3;

/** A case of a finding, as a test of its own. */
interface CaseTest {
  readonly title: string;
  readonly run: (t: TestContext) => Promise<void>;
}

/** The cases of every third finding, from the `share`th on: each is a whole analysis, and a test file has a limit of time. */
export async function caseTests(share: number): Promise<readonly CaseTest[]> {
  const library = await loadLibrary();
  const findings = library.findings.filter((_, place) => place % SHARES === share);
  return findings.flatMap(({ id }) =>
    casesOf(id).map((name) => ({ title: `${id}/${name}`, run: (t) => runCase(t, id, name, library) })),
  );
}

async function runCase(t: TestContext, id: string, name: string, library: QueryLibrary): Promise<void> {
  const input = `findings/${id}/${name}/input.sql`;
  assert.ok(hasInput(input), `${id} has no case "${name}"`);
  const connection = await smallCase(t, 'quiet.sql', input);
  const document = await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources });
  const rows = document.findings.filter((finding) => finding.id === id);
  const isHit = name.startsWith('hit');
  const grave = rows.filter((finding) => isHit || finding.severity !== 'info');
  assert.equal(grave.length > 0, isHit, 'a case named "hit…" finds it; "miss…" and "look-alike…" do not, above info');
  assert.equal(compareGolden(join(casesFolder, id, name, 'expected.csv'), toCsv(COLUMNS, rows.map(asRow))), null);
}

/** The folders of a finding: each has `hit` and `miss`; others begin with these words or with `look-alike`. */
export function casesOf(id: string): readonly string[] {
  const found = existsSync(join(casesFolder, id)) ? readdirSync(join(casesFolder, id)) : [];
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
