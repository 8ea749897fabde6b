import type { ComparedMetric, Comparison, MetricVerdict } from '../../src/analysis/comparison-document.ts';
import { SCHEMA_VERSION } from '../../src/analysis/document.ts';

const course = (n: number, height: number): { at: number[]; value: number[] } => ({
  at: Array.from({ length: n }, (_, i) => i * 5),
  value: Array.from({ length: n }, (_, i) => height * (1 + Math.sin(i))),
});

function metric(name: string, verdict: MetricVerdict, more: Partial<ComparedMetric> = {}): ComparedMetric {
  return {
    metric: name,
    dimension: '',
    title: `Title of ${name}`,
    unit: '/s',
    kind: 'rate',
    per: null,
    direction: 'down',
    primary: false,
    threshold: 1,
    before: 10,
    after: 5,
    difference: -5,
    interval: [-7, -3],
    relative: -0.5,
    p: 0.01,
    q: 0.02,
    method: 'block-means',
    samples: [60, 60],
    effective: [30, 30],
    units: [12, 12],
    neededS: null,
    verdict,
    note: null,
    episodes: null,
    movedBy: [],
    course: { before: course(60, 10), after: course(60, 5) },
    distribution: null,
    ...more,
  };
}

const VERDICTS: readonly MetricVerdict[] = ['better', 'worse', 'changed', 'candidate', 'unchanged', 'inconclusive'];

/** A comparison that has something in every part of the page. The numbers are made up. */
export function fixtureComparison(): Comparison {
  const times = { count: 1000, at: [0.001, 0.01, 0.1], share: [0.2, 0.9, 1] };
  const metrics = [
    metric('drops', 'better', {
      primary: true,
      q: null,
      method: 'episodes',
      unit: 'per 1,000 incoming connections',
      per: { metric: 'TcpPassiveOpens', scale: 1000 },
      episodes: {
        before: { count: 1, events: 1, longestS: 5, peak: 2 },
        after: { count: 0, events: 0, longestS: 0, peak: 0 },
      },
      movedBy: ['ListenBacklog'],
    }),
    metric('request_p95', 'worse', {
      primary: true,
      unit: 's',
      kind: 'gauge',
      method: 'quantile',
      distribution: { before: times, after: { ...times, share: [0.1, 0.8, 1] } },
    }),
    metric('zero', 'unchanged', {
      primary: true,
      before: 0,
      after: 0,
      difference: 0,
      relative: null,
      method: 'constant',
      p: null,
      course: { before: course(9, 0), after: course(9, 0) },
    }),
    ...VERDICTS.flatMap((verdict, i) =>
      Array.from({ length: i + 1 }, (_, place) =>
        metric(`${verdict}-${place}`, verdict, {
          dimension: `place ${place}`,
          before: 10 * i + place,
          difference: place - 3,
          neededS: verdict === 'inconclusive' ? 600 : null,
          note: verdict === 'inconclusive' ? 'too few independent blocks: 8 a side are needed' : null,
        }),
      ),
    ),
  ];
  const side = (label: string): Comparison['before'] => ({
    label,
    runs: [`${label}-1`, `${label}-2`],
    hosts: ['www1.example.net'],
    start: '2026-11-22T20:00:00.000Z',
    end: '2026-11-22T20:30:00.000Z',
    samples: 120,
    intervalS: 5,
  });
  const strength = {
    severity: 'critical',
    confidence: 'high',
    summary: 'Up to 6 connections waited in a queue for 5.',
  } as const;
  const finding = { id: 'accept-queue-overflow', title: 'A listener’s accept queue overflows', host: 'www1' };
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'comparison',
    before: side('monday'),
    after: side('tuesday'),
    verdict: { overall: 'mixed', sentence: 'Better: drops 10 → 5; worse: request_p95 10 → 5.', remarks: ['A remark.'] },
    comparability: [
      { aspect: 'Requests', before: '70/s', after: '120/s', ok: false, refuses: 'not-per-load', note: 'load differs' },
      { aspect: 'Kernel', before: '6.1', after: '6.1', ok: true, refuses: 'none', note: null },
    ],
    hypotheses: [
      {
        from: 'asked',
        setting: null,
        metric: 'drops',
        expected: 'down',
        because: null,
        answer: 'confirmed',
        sentence: 'It went down.',
      },
      {
        from: 'setting',
        setting: 'ListenBacklog',
        metric: 'zero',
        expected: 'down',
        because: 'It holds more.',
        answer: 'not-shown',
        sentence: 'Cannot be told.',
      },
    ],
    metrics,
    oneSided: Array.from({ length: 120 }, (_, i) => ({
      metric: `alone-${i}`,
      dimension: '',
      title: `Alone ${i}`,
      primary: i === 0,
      missing: 'after' as const,
    })),
    findings: {
      resolved: [{ ...finding, subject: '*:80', before: strength, after: null }],
      appeared: [{ ...finding, subject: '*:443', before: null, after: strength }],
      persisting: [{ ...finding, subject: null, before: strength, after: strength }],
    },
    settings: [
      { host: 'www1', kind: 'apache', key: 'ListenBacklog', before: '5', after: null, moves: ['drops', 'zero'] },
    ],
    talkers: [
      { kind: 'client', name: '198.51.100.7', before: 0, after: 0.2, change: 'gained' },
      { kind: 'virtual-host', name: 'shop.example.net', before: 0.5, after: 0.3, change: 'lost' },
    ],
    runs: ['monday-1', 'tuesday-1', 'tuesday-2', 'monday-2'].map((run, i) => ({
      run,
      side: run.startsWith('monday') ? 'before' : 'after',
      start: `2026-11-22T2${i}:00:00.000Z`,
      samples: 30,
      values: [
        { metric: 'drops', dimension: '', value: i },
        { metric: 'request_p95', dimension: '', value: i === 3 ? null : 0.04 },
        { metric: 'zero', dimension: '', value: 0 },
      ],
    })),
    method: {
      lastack: '0.0.0-test',
      align: 'start',
      guardS: 10,
      level: 0.03,
      seed: 1,
      tests: { primary: 2, others: 21 },
      limits: ['A limit of the method.'],
    },
  };
}
