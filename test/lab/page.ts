import type { Outcome } from './check.ts';

/** What has no incident here, and why. */
const NOT_MADE: readonly (readonly [finding: string, why: string])[] = [
  ['rx-drop-nic-ring', 'needs a real network card: a virtual one has no ring that overflows'],
  ['nic-error-link-flap', 'needs a real network card: a virtual link neither fails nor damages packets'],
  ['rx-drop-benign', 'needs frames of unknown protocols from a real network'],
  [
    'rx-drop-softnet',
    '`netdev_max_backlog` is one for the machine, and the usual load of the lab does not fill it; lowering it was not tried',
  ],
  ['tcp-memory-pressure', '`tcp_mem` is one for the machine: lowering it starves everything else on it; not tried'],
  [
    'monitor-probe-failed',
    'a probe by collectd needs collectd; the collector’s own probe fails in `worker-exhaustion`',
  ],
];

/** The outcomes as a page of Markdown, by incident. */
export function writePage(outcomes: readonly Outcome[]): string {
  const dates = [...new Set(outcomes.map(({ truth }) => new Date(truth.start).toISOString().slice(0, 10)))].sort();
  const kernels = [...new Set(outcomes.map(({ truth }) => truth.kernel.replace(/-.*/, '')))].sort();
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# What the lab shows',
    '',
    'Made by `npm run test:lab`; do not edit. Each incident of [test/lab](../test/lab/README.md) was made to happen, recorded with the',
    `collector, and diagnosed: ${passed} of ${outcomes.length} recordings passed. Recorded on ${dates.join(', ')}, Linux ${kernels.join(', ')}.`,
    '',
    'A recording passes when the named cause is the true one (or one that the incident’s file allows instead, as `backlog-truncated` does), its',
    'onset is within two sampling intervals, as long as they really were, of the fault or of when enough of it is there to be seen (`showsAfterS`:',
    'conntrack-full, keep-alive-full, port-exhaustion, fin-wait2-jump), every expected finding is there, none that would be wrong is above info,',
    'and where nothing is wrong nothing above info is. Interval and load: seconds between samples as asked for, and the factor on the usual load.',
    'Onset: in sampling intervals after that moment.',
    '',
    line([
      'incident',
      'interval, load, seed',
      'true cause',
      'named cause',
      'onset',
      'other findings above info',
      'passed',
    ]),
    line(['---', '---', '---', '---', '--:', '---', '---']),
    ...outcomes.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)).map((outcome) => line(row(outcome))),
    '',
    '## What cannot be made in namespaces',
    '',
    line(['finding', 'why']),
    line(['---', '---']),
    ...NOT_MADE.map(([finding, why]) => line([`\`${finding}\``, why])),
    '',
  ].join('\n');
}

function row({ truth, rootCause, onsetIntervals, wrong, missing, findings, passed }: Outcome): string[] {
  const fault = [...missing.map((id) => `missing: ${id}`), ...wrong.map((id) => `wrong: ${id}`)].join(', ');
  return [
    `${truth.incident}: ${truth.title}`,
    `${truth.intervalS} s, ×${truth.load}, ${truth.seed}`,
    truth.rootCause ?? (truth.expects.length > 0 ? `none; expected ${truth.expects.join(', ')}` : 'none'),
    rootCause ?? 'none',
    onsetIntervals === null ? '' : onsetIntervals.toFixed(1),
    findings.filter((id) => id !== rootCause).join(', '),
    passed ? 'yes' : `**no** ${fault}`,
  ];
}

function sortKey({ truth }: Outcome): string {
  return `${truth.incident} ${truth.seed} ${truth.intervalS}`;
}
