import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Confidence, Finding, Role, Severity } from '../../src/analysis/document.ts';
import type { JudgedFinding } from '../../src/analysis/finding-document.ts';
import { causeLinks, judge, writeVerdict } from '../../src/analysis/verdict.ts';

interface Sketch {
  readonly role?: Role;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly explains?: readonly string[];
  readonly consequence?: string;
  readonly tells?: string;
  readonly end?: number;
  readonly host?: string;
  readonly ruledOut?: Finding['ruledOut'];
}

const FACTS = { beginsBeforeRecording: false, hosts: 1, samples: 50, impacts: [] };

/** A finding that begins `second` seconds into the hour. */
function finding(id: string, second: number, sketch: Sketch = {}): JudgedFinding {
  return {
    finding: {
      id,
      title: id,
      severity: sketch.severity ?? 'critical',
      role: sketch.role ?? 'cause',
      confidence: sketch.confidence ?? 'high',
      host: sketch.host ?? 'h',
      subject: null,
      onset: new Date(Date.UTC(2026, 0, 5, 12, 0, second)).toISOString(),
      end: sketch.end === undefined ? null : new Date(Date.UTC(2026, 0, 5, 12, 0, sketch.end)).toISOString(),
      onsetUncertaintyS: 5,
      summary: `Summary of ${id}.`,
      evidence: [{ text: `evidence of ${id}`, value: 1234.5, baseline: 0, unit: 'lines' }],
      ruledOut: sketch.ruledOut ?? [],
      actions: [{ text: `Do ${id}.`, risk: 'none', verify: 'none' }],
      caveats: [`Caveat of ${id}.`],
      query: '',
      sql: '',
    },
    run: 'r',
    headline: `Headline of ${id}`,
    consequence: sketch.consequence ?? null,
    explains: sketch.explains ?? [],
    tells: sketch.tells ?? null,
    course: [],
  };
}

const backend = finding('backend-timeout', 10, {
  explains: ['mpm-saturated', 'accept-queue-overflow'],
  ruledOut: [{ id: 'syn-flood', because: 'cookies came back' }],
});
const workers = finding('mpm-saturated', 14, {
  explains: ['accept-queue-overflow'],
  consequence: 'Apache ran out of workers',
});
const queue = finding('accept-queue-overflow', 12, { role: 'symptom', consequence: 'the queue overflowed' });

describe('verdict', () => {
  it('is as sure of nothing found as the recording is long', () => {
    const confidence = (samples: number): string =>
      writeVerdict(judge([]), 'on h', [], { ...FACTS, samples }).confidence;
    assert.deepEqual([1, 2, 9, 10].map(confidence), ['low', 'medium', 'medium', 'high']);
  });

  it('names the cause behind the causes, whatever their order', () => {
    for (const order of [
      [backend, workers, queue],
      [queue, workers, backend],
    ]) {
      const judgement = judge(order);
      assert.equal(judgement.root, backend);
      assert.deepEqual(
        judgement.ordered.map(({ finding: { id, role } }) => `${id} ${role}`),
        ['backend-timeout cause', 'accept-queue-overflow symptom', 'mpm-saturated symptom'],
      );
      assert.deepEqual(judgement.rivals, []);
      const verdict = writeVerdict(judgement, 'on h', [], FACTS);
      assert.equal(verdict.sentence, 'Headline of backend-timeout, and Apache ran out of workers.');
      assert.deepEqual(verdict.ruledOut, [{ id: 'syn-flood', because: 'cookies came back' }]);
      assert.equal(verdict.doFirst, 'Do backend-timeout.');
      assert.deepEqual(verdict.numbers[0], {
        label: 'evidence of backend-timeout',
        value: '1,235 lines',
        usual: '0 lines',
      });
    }
  });

  it('begins its numbers with what the incident cost, and leaves out what nobody can say', () => {
    const labels = (impact: { answered: number | null; failed: number | null; refusingS: number | null }): string[] =>
      writeVerdict(judge([backend]), 'on h', [], {
        ...FACTS,
        impacts: [
          { host: 'other', answered: 9, failed: 9, refusingS: 9, lastedS: 9 },
          { host: 'h', lastedS: 60, ...impact },
        ],
      }).numbers.map(({ label, value }) => `${value} ${label}`);
    assert.deepEqual(labels({ answered: 200, failed: 12, refusingS: 15 }), [
      '12 requests Answered 5xx, of 200 requests during the incident',
      '15 s In which a listener dropped connections, of 60 s',
      '1,235 lines evidence of backend-timeout',
    ]);
    assert.deepEqual(labels({ answered: 200, failed: 0, refusingS: null }), [
      '1,235 lines evidence of backend-timeout',
    ]);
    assert.deepEqual(labels({ answered: null, failed: null, refusingS: 0 }), [
      '1,235 lines evidence of backend-timeout',
    ]);
  });

  it('does not let a cause explain what began well before it', () => {
    const late = finding('backend-timeout', 50, { explains: ['mpm-saturated'], confidence: 'medium' });
    const judgement = judge([late, workers]);
    assert.equal(judgement.root, workers);
    assert.deepEqual(judgement.rivals, [late]);
    assert.match(
      writeVerdict(judgement, '', [], FACTS).limits.join(' '),
      /Not explained by it: backend-timeout .*To tell mpm-saturated from backend-timeout: end one of them/,
    );
  });

  it('says when two causes fit as well, and what would tell them apart', () => {
    const waiting = finding('backend-timeout', 10, { explains: ['mpm-saturated'], tells: 'workers at W' });
    const reading = finding('slow-clients', 12, { explains: ['mpm-saturated'], tells: 'workers at R' });
    const verdict = writeVerdict(judge([reading, workers, waiting]), 'on h', [], FACTS);
    assert.equal(
      verdict.sentence,
      'Headline of backend-timeout, and Apache ran out of workers; another cause fits as well: Headline of slow-clients. ' +
        'To tell them apart: backend-timeout shows in workers at W; slow-clients in workers at R.',
    );
    assert.equal(verdict.rootCause, 'backend-timeout');
    assert.equal(verdict.confidence, 'medium', 'which of the two it was is not known');
    assert.equal(verdict.doFirst, 'Do backend-timeout. Do slow-clients.');
    const single = (rival: JudgedFinding): string =>
      writeVerdict(judge([waiting, workers, rival]), 'on h', [], FACTS).sentence;
    const alone = 'Headline of backend-timeout, and Apache ran out of workers.';
    assert.equal(single(finding('slow-clients', 12, { confidence: 'medium' })), alone, 'less well supported');
    assert.equal(single(finding('slow-clients', 1, { end: 5 })), alone, 'at another time');
    assert.equal(single(finding('slow-clients', 12, { host: 'other' })), alone, 'on another host');
  });

  it('names the host where several were recorded', () => {
    const facts = { ...FACTS, hosts: 2 };
    assert.match(writeVerdict(judge([backend]), '', [], facts).sentence, /^h: Headline of backend-timeout\.$/);
    assert.match(writeVerdict(judge([queue]), '', [], facts).sentence, /^h: .*does not show why\.$/);
  });

  it('does not let a cause on one host explain another host', () => {
    const elsewhere = finding('mpm-saturated', 14, { host: 'other' });
    assert.deepEqual(judge([backend, elsewhere]).explained, []);
  });

  it('names no cause on symptoms alone', () => {
    const verdict = writeVerdict(judge([queue]), 'on h', ['backend-timeout'], FACTS);
    assert.equal(verdict.rootCause, null);
    assert.equal(verdict.severity, 'critical');
    assert.equal(verdict.sentence, 'Headline of accept-queue-overflow; the recording does not show why.');
    assert.match(verdict.limits.join(' '), /Could not be checked for lack of evidence: backend-timeout\./);
  });

  it('takes the better supported of two causes that nothing explains', () => {
    const weak = finding('syn-flood', 1, { confidence: 'low' });
    assert.equal(judge([weak, backend]).root, backend);
    const warning = finding('backlog-default-or-truncated', 1, { severity: 'warning' });
    assert.equal(judge([warning, weak]).root, weak);
  });

  it('is less sure, and says so, when the recording begins in the middle of it', () => {
    const verdict = writeVerdict(judge([backend]), 'on h', [], { ...FACTS, beginsBeforeRecording: true });
    assert.equal(verdict.confidence, 'medium');
    assert.match(verdict.limits.join(' '), /begins in the middle of it/);
  });

  it('lets two findings that explain each other decide by time', () => {
    const first = finding('a', 1, { explains: ['b'] });
    const second = finding('b', 2, { explains: ['a'] });
    assert.equal(judge([second, first]).root, first);
  });

  it('lets an info name the cause only when nothing graver is there', () => {
    const jump = finding('fin-wait2-jump', 1, { severity: 'info' });
    assert.equal(judge([jump]).root, jump);
    assert.equal(judge([jump, queue]).root, null);
    const message = finding('misleading-message', 1, { severity: 'info', role: 'context' });
    const verdict = writeVerdict(judge([message]), 'on h', [], FACTS);
    assert.deepEqual(
      [verdict.rootCause, verdict.severity, verdict.sentence],
      [null, 'info', 'No outage was found on h.'],
    );
  });

  it('names no outage for a setting that stands in the way all the time', () => {
    const setting = finding('harmful-or-ineffective-sysctl', 0, { role: 'context', severity: 'warning' });
    const verdict = writeVerdict(judge([setting]), 'on h', [], FACTS);
    assert.equal(verdict.rootCause, null);
    assert.equal(verdict.severity, 'warning');
    assert.match(verdict.sentence, /^No outage was found on h\. /);
    assert.equal(verdict.doFirst, 'Do harmful-or-ineffective-sysctl.');
  });

  it('gives the graph behind the verdict, each link with its lag', () => {
    const cause = finding('backend-timeout', 0, { explains: ['mpm-saturated'] });
    const early = finding('mpm-saturated', 30, { host: 'other' });
    const links = causeLinks([cause, finding('mpm-saturated', 7), early]);
    assert.deepEqual(
      links.map(({ cause: from, effect, host, lagS }) => [from, effect, host, lagS]),
      [['backend-timeout', 'mpm-saturated', 'h', 7]],
    );
  });
});
