import type { Finding, Postmortem, Series } from '../../src/analysis/document.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 0);
const SECOND = 1000;
const SAMPLES = 24;

/** An instant so many seconds after the fixture's recording began. */
export function after(seconds: number): string {
  return new Date(START + seconds * SECOND).toISOString();
}

/** A made-up postmortem, small and with every kind of part in it: a fixture for renderers, no incident. */
export function fixtureDocument(): Postmortem {
  return {
    schemaVersion: 1,
    kind: 'postmortem',
    recorded: { start: after(0), end: after(115) },
    window: { start: after(30), end: after(80), beginsBeforeRecording: false, endsAfterRecording: false },
    hosts: [
      {
        name: 'web1',
        kernel: '6.1.0',
        os: 'Debian',
        cpus: 2,
        zone: 'UTC',
        zoneId: null,
        zoneOffsetMin: 0,
        collector: 'lastack-collect 0.1.0',
      },
    ],
    runs: [{ name: 'fixture', host: 'web1', start: after(0), end: after(115), captures: SAMPLES, intervalS: 5 }],
    coverage: [
      coverage('ss', { collected: SAMPLES }),
      coverage('apache-status', { collected: 20, failed: 4 }),
      coverage('access-log', { collected: SAMPLES }),
      coverage('proc-net-counters', { collected: SAMPLES }),
    ],
    verdict: {
      rootCause: 'backend-timeout',
      host: 'web1',
      severity: 'critical',
      confidence: 'high',
      sentence: 'The backend 192.0.2.9:9000 stalled for 50 seconds.',
      explanation: 'All workers waited for it.',
      course: [
        { finding: 'misleading-message', host: 'web1', at: after(42), lagS: 12, text: 'The kernel spoke of a flood.' },
      ],
      ruledOut: [{ id: 'syn-flood', because: 'the cookies came back' }],
      limits: ['The backend was not recorded.'],
      doFirst: 'Look at the backend within 20 s.',
      numbers: [{ label: 'requests answered 502', value: '12', usual: '0' }],
    },
    findings: [cause(), context()],
    links: [],
    unchecked: [{ id: 'conntrack-table-full', title: 'Was the conntrack table full?', missing: ['conntrack'] }],
    course: [
      step('workers', 'All workers busy', 'seen', 35, 75),
      step('CLOSE_WAIT', 'Clients give up', 'seen', 45, null),
      step('LAST_ACK', 'Late closes go unanswered', 'not-seen', null, null),
    ],
    timelineLeftOut: [
      { host: 'web1', kind: 'apache', severity: 'info', entries: 1234, from: after(32), to: after(70) },
    ],
    timeline: [
      event(31, 'apache', 'critical', 'AH00161: server reached MaxRequestWorkers setting', 1),
      event(50, 'kernel', 'warning', 'Possible SYN flooding on port 80. *Sending* cookies.', 1),
      event(52, 'apache', 'warning', 'AH01102 (70007): error reading status line', 12),
    ],
    who: [whoGroup('CLOSE_WAIT', 'peer'), whoGroup('requests', 'url')],
    series: [
      series('sockets_syn_recv', '*:80', 'sockets', (i) => (i > 6 && i < 16 ? 60 : 3)),
      series('sockets_close_wait', '*:80', 'sockets', (i) => (i > 9 && i < 16 ? 40 + i : 0)),
      series('listener_queue', '*:80', 'sockets', (i) => (i > 6 && i < 15 ? 65 : 0)),
      series('listener_limit', '*:80', 'sockets', () => 64),
      series('workers_busy', '', 'workers', (i) => (i > 8 && i < 13 ? null : i > 6 && i < 16 ? 32 : 9)),
      series('workers_letter', 'W', 'workers', (i) => (i > 8 && i < 13 ? null : i > 6 && i < 16 ? 32 : 4)),
      series('workers_idle', '', 'workers', (i) => (i > 8 && i < 13 ? null : i > 6 && i < 16 ? 0 : 23)),
      series('TcpExtListenOverflows', '', '/s', (i) => (i > 7 && i < 15 ? 120.5 : 0)),
      series('requests', '', '/s', (i) => (i > 6 && i < 16 ? 2 : 30)),
      series('requests', '2xx', '/s', (i) => (i > 6 && i < 16 ? 1 : 30)),
      series('request_p95', '', 's', (i) => (i > 6 && i < 16 ? 20.02 : 0.03)),
    ],
    settings: [
      {
        host: 'web1',
        kind: 'apache',
        key: 'ProxyTimeout',
        value: '20',
        judgement: 'Too long',
        why: 'It holds every worker.',
        origin: 'httpd.conf:9',
        matters: true,
      },
      {
        host: 'web1',
        kind: 'sysctl',
        key: 'net.core.somaxconn',
        value: '4096',
        judgement: null,
        why: null,
        origin: null,
        matters: false,
      },
    ],
    notes: [
      {
        written: '2026-11-22T21:30:00.000Z',
        author: 'on call',
        text: 'The backend was restarted by hand.\nSee the change log.',
        at: '2026-11-22T20:46:30.000Z',
        finding: 'overload-sequence',
      },
    ],
    quality: {
      lines: 5000,
      rows: 4900,
      known: 75,
      rejects: 1,
      collectors: [
        {
          host: 'web1',
          collector: 'lastack-collect 0.1.0',
          samples: 20,
          wallMs: { median: 90, most: 1400, mostAt: new Date(START).toISOString() },
          cpuMs: { median: 60, most: 210, mostAt: new Date(START).toISOString() },
          cpuShare: 0.0123,
          shellPeakKb: 4096,
        },
      ],
      stalls: [
        {
          host: 'web1',
          source: 'apache-status',
          samples: 3,
          of: 20,
          mostMs: 1002,
          mostAt: new Date(START).toISOString(),
        },
      ],
      rejectReasons: [
        {
          source: 'access-log',
          reason: 'no request',
          lines: 1,
          atLeast: false,
          capture: 'a.tar.gz',
          member: 'logs/access/a.log',
          line: 7,
          excerpt: '\u0016\u0003\u0001',
        },
      ],
      rejectExamples: [
        {
          capture: 'a.tar.gz',
          source: 'access-log',
          member: 'logs/access/a.log',
          line: 7,
          reason: 'no request',
          excerpt: '\u0016\u0003\u0001',
        },
      ],
      gaps: [],
      notes: ['The clock did not move.'],
      importNotes: [{ note: 'the archive is cut: it ends in the middle', files: 2, first: 'b.tar.gz' }],
    },
    method: {
      lastack: '0.1.0',
      duckdb: 'v1.5.6',
      queries: ['queries/findings/backend-timeout.sql'],
      parameters: [
        {
          name: 'backend-timeout.slow_factor',
          value: 5,
          meaning: 'times the usual p95 from which a request counts as slow',
        },
      ],
      since: null,
      until: null,
    },
  };
}

/** The same recording without an incident. */
export function quietDocument(): Postmortem {
  const document = fixtureDocument();
  return {
    ...document,
    window: null,
    verdict: {
      ...document.verdict,
      rootCause: null,
      severity: 'none',
      sentence: 'No outage was found.',
      doFirst: null,
      course: [],
      ruledOut: [],
      limits: [],
      numbers: [],
    },
    findings: [],
    course: [],
    timeline: [],
    timelineLeftOut: [],
    series: [series('sockets_syn_recv', '*:80', 'sockets', (i) => 3 + (i % 2))],
    coverage: [coverage('ss', { collected: SAMPLES })],
  };
}

function cause(): Finding {
  return {
    id: 'backend-timeout',
    title: 'A backend accepts requests but does not answer',
    severity: 'critical',
    role: 'cause',
    confidence: 'high',
    host: 'web1',
    subject: '192.0.2.9:9000',
    onset: after(30),
    end: after(78),
    onsetUncertaintyS: 5,
    summary: '12 requests ended in a time-out after 20 s.',
    evidence: [
      {
        text: '95th percentile',
        metric: 'request_p95',
        dimension: '',
        value: 20.02,
        baseline: 0.03,
        unit: 's',
        at: after(40),
      },
      {
        text: 'Time-out lines',
        value: 12,
        baseline: 0,
        unit: 'lines',
        at: after(52),
        capture: 'a.tar.gz/a',
        member: 'logs/error/e.log',
        line: 4,
        excerpt: 'AH01102: ```error``` <reading>',
      },
    ],
    ruledOut: [{ id: 'backend-refused', because: 'errno 111 does not occur' }],
    actions: [
      {
        text: 'Look at the backend.',
        command: "curl -m 5 'http://192.0.2.9:9000/'",
        risk: 'one request',
        verify: 'under 0.1 s',
      },
    ],
    caveats: ['It may wait for something behind it.'],
    query: 'queries/findings/backend-timeout.sql',
    sql: 'select 1 as onset',
  };
}

function context(): Finding {
  return {
    ...cause(),
    id: 'misleading-message',
    title: 'A kernel message that points the wrong way',
    severity: 'info',
    role: 'context',
    subject: null,
    end: null,
    evidence: [],
    ruledOut: [],
    actions: [],
    caveats: [],
  };
}

/** The fixture with a second host that is like the first, a third as busy, and whose clock shows UTC. */
export function twoHostsDocument(): Postmortem {
  const first = fixtureDocument();
  const second = JSON.parse(JSON.stringify(first).replaceAll('"web1"', '"web2"')) as Postmortem;
  const berlin = { zone: 'CET', zoneId: 'Europe/Berlin', zoneOffsetMin: 60 };
  return {
    ...first,
    hosts: [{ ...first.hosts[0]!, ...berlin }, second.hosts[0]!],
    runs: [...first.runs, ...second.runs],
    coverage: [...first.coverage, ...second.coverage],
    findings: [...first.findings, ...second.findings],
    course: [...first.course, ...second.course],
    timeline: [...first.timeline, ...second.timeline],
    timelineLeftOut: [],
    series: [
      ...first.series,
      ...second.series.map((one) => ({
        ...one,
        value: one.value.map((value) => (value === null ? null : value / 3)),
      })),
    ],
    who: [...first.who, ...second.who],
    settings: [...first.settings, ...second.settings],
  };
}

function whoGroup(of: string, by: string): Postmortem['who'][number] {
  const at = Array.from({ length: SAMPLES }, (_, i) => START + i * 5 * SECOND);
  const row = (name: string, kind: 'client' | 'backend', most: number): Postmortem['who'][number]['rows'][number] => ({
    name,
    kind,
    value: at.map((_, i) => (i > 9 && i < 16 ? most : 0)),
    before: 0,
    during: most,
    shareBefore: null,
    shareDuring: most / 40,
  });
  return {
    host: 'web1',
    run: 'fixture',
    of,
    by,
    title: `${of} by ${by}`,
    unit: 'sockets',
    fold: 'mean',
    at,
    rows: [row('198.51.100.7', 'client', 30), row('192.0.2.9', 'backend', 10)],
    others: null,
  };
}

function coverage(source: string, samples: Record<string, number>): Postmortem['coverage'][number] {
  return { host: 'web1', source, samples, lines: 1250, rows: 1225, known: 25, rejects: 0, bytes: 100_000, note: null };
}

function step(
  name: string,
  title: string,
  status: 'seen' | 'not-seen',
  onset: number | null,
  end: number | null,
): Postmortem['course'][number] {
  const at = (seconds: number | null): string | null => (seconds === null ? null : after(seconds));
  return {
    finding: 'overload-sequence',
    host: 'web1',
    step: name,
    title,
    status,
    onset: at(onset),
    end: at(end),
    lagS: onset === null ? null : onset - 30,
    peak: null,
    usual: null,
    note: 'a note',
  };
}

function event(
  seconds: number,
  kind: Postmortem['timeline'][number]['kind'],
  severity: Postmortem['timeline'][number]['severity'],
  text: string,
  count: number,
): Postmortem['timeline'][number] {
  return { at: after(seconds), end: null, host: 'web1', kind, severity, text, count };
}

function series(metric: string, dimension: string, unit: string, valueOf: (i: number) => number | null): Series {
  const at = Array.from({ length: SAMPLES }, (_, i) => START + i * 5 * SECOND);
  const kind = unit === '/s' ? 'rate' : 'gauge';
  return {
    host: 'web1',
    run: 'fixture',
    metric,
    dimension,
    kind,
    unit,
    at,
    value: at.map((_, i) => valueOf(i)),
    baseline: valueOf(0),
  };
}
