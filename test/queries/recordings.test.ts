import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Postmortem } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { importedCase } from '../support/cases.ts';
import { assertMatchesSchema, schemaValidator } from '../support/json-schema.ts';
import { projectRoot } from '../support/project.ts';
import { tableSources } from './small-case.ts';

/** What was done to the server of a recording; the fields of `truth/*.json` that are asked here. */
interface Truth {
  readonly root_cause: string;
  readonly fault: { readonly start_ms: number; readonly end_ms: number } | null;
  readonly must_not_diagnose: readonly string[];
}

/** Findings that a phrase of `must_not_diagnose` forbids above info; with "as the root cause" only as the cause. */
const FORBIDDEN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/SYN flood/, ['syn-flood']],
  [/worker exhaustion/, ['mpm-saturated', 'overload-sequence']],
  [/listen overflow/, ['accept-queue-overflow', 'backlog-default-or-truncated']],
  [/port exhaustion/, ['ephemeral-port-exhaustion']],
  [/conntrack full/, ['conntrack-table-full']],
  [/backend (problem|stall)/, ['backend-timeout', 'backend-refused']],
  [/backend down/, ['backend-refused']],
  [/any finding of level warning or above/, ['*']],
  [/lost ACKs/, ['syn-recv-lost-ack']],
  [/leak/, ['close-wait-leak']],
  [/network loss|abusive client|client closes badly/, []],
];

const library = await loadLibrary();
const validate = schemaValidator('postmortem');

describe('recordings with a known cause', () => {
  for (const folder of ['samples', 'test/incidents']) {
    for (const name of recordings(folder)) {
      it(`${folder}/${name}`, async (t) => {
        const { file } = await importedCase(t, [join(projectRoot, folder, name)], { run: name });
        const document = await analyse(file.connection, { lastackVersion: '0.0.0-test', library, tableSources });
        const truth = JSON.parse(readFileSync(join(projectRoot, folder, 'truth', `${name}.json`), 'utf8')) as Truth;
        assertMatchesSchema(validate, renderJson(document));
        checkCause(document, truth);
        checkForbidden(document, truth);
        assert.deepEqual(document.unchecked, [], 'the collector records all that the findings ask for');
      });
    }
  }
});

function recordings(folder: string): string[] {
  const root = join(projectRoot, folder);
  return readdirSync(root)
    .filter((name) => existsSync(join(root, 'truth', `${name}.json`)))
    .sort();
}

function checkCause(document: Postmortem, truth: Truth): void {
  const intervalMs = 1000 * Math.max(...document.runs.map((run) => run.intervalS ?? 0));
  if (truth.fault === null || truth.root_cause === 'none') {
    assert.equal(document.verdict.rootCause, null, document.verdict.sentence);
    assert.deepEqual(
      document.findings.filter((finding) => finding.severity !== 'info'),
      [],
    );
    assert.equal(document.window, null);
    return;
  }
  const { start_ms: start, end_ms: end } = truth.fault;
  const inside = (instant: string): boolean =>
    Date.parse(instant) >= start - intervalMs && Date.parse(instant) <= end + intervalMs;
  assert.equal(document.verdict.rootCause, truth.root_cause, document.verdict.sentence);
  assert.ok(inside(document.findings[0]!.onset), `onset ${document.findings[0]!.onset} is outside the fault`);
  if (document.findings.some((finding) => finding.id === 'accept-queue-overflow')) {
    const told = document.findings.flatMap((finding) => finding.ruledOut).find((item) => item.id === 'syn-flood');
    assert.match(told?.because ?? '', /cookie|ESTABLISHED/, 'an overflow says why it is no flood');
  }
  if (truth.root_cause !== 'backend-timeout') return;
  const seen = document.course.filter((step) => step.status === 'seen');
  assert.deepEqual(
    seen.map((step) => step.step),
    ['workers', 'accept-queue', 'SYN_RECV', 'CLOSE_WAIT', 'LAST_ACK'],
  );
  for (const step of seen) assert.ok(inside(step.onset!), `${step.step} begins at ${step.onset}, outside the fault`);
  const [, queue, handshakes, given, late] = seen.map((step) => Date.parse(step.onset!));
  assert.ok(
    queue! <= handshakes! && handshakes! <= given! && given! <= late!,
    'the steps are in the order of their causes',
  );
}

function checkForbidden(document: Postmortem, truth: Truth): void {
  const grave = document.findings.filter((finding) => finding.severity !== 'info').map((finding) => finding.id);
  for (const phrase of truth.must_not_diagnose) {
    const rule = FORBIDDEN.find(([pattern]) => pattern.test(phrase));
    assert.ok(rule, `what does "${phrase}" forbid?`);
    const told = phrase.includes('as the root cause') ? [document.verdict.rootCause ?? ''] : grave;
    assert.deepEqual(
      told.filter((id) => rule[1].includes('*') || rule[1].includes(id)),
      [],
      phrase,
    );
  }
}
