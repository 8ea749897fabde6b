import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { runInNamespace, whyNoNamespace } from '../support/lab.ts';
import { parseMember, type Row } from '../support/parse-member.ts';
import { SOCKETS_IN_ALL_STATES, SOCKETS_SCRIPT } from '../support/socket-states.ts';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

/** What each tool's text is read with, and the member it stands for. */
const TOOLS = {
  ss: { source: 'ss', members: ['ss-tanoe.txt'] },
  'ss -i': { source: 'ss', members: ['ss-tanoei.txt'] },
  netstat: { source: 'netstat-sockets', members: ['netstat-tanoeW.txt'] },
  proc: { source: 'proc-net-tcp', members: ['proc-net-tcp.txt', 'proc-net-tcp6.txt'] },
} as const;
type Tool = keyof typeof TOOLS;

const STATES = [
  'LISTEN',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'CLOSING',
];
const COMPARED = ['netid', 'state', 'recv_q', 'send_q', 'family', 'timer', 'retrans', 'uid', 'inode'];
/** Two tools look at a running timer one after the other, and ss prints whole seconds from a minute on. */
const TIMER_SLACK_MS = 1000n;

/** Where netstat and /proc truly differ from ss, and why. */
const DIFFERENCES: readonly {
  readonly column: string;
  readonly state: string;
  readonly says: (row: Row) => boolean;
  readonly why: string;
}[] = [
  {
    column: 'send_q',
    state: 'LISTEN',
    says: (row) => row['send_q'] === null,
    why: 'the limit of the accept queue is told by ss alone, the others print 0',
  },
  {
    column: 'family',
    state: 'LISTEN',
    says: (row) => row['family'] === 6 && row['local_addr'] === '::',
    why: 'ss prints * for a listener of both families',
  },
  {
    column: 'retrans',
    state: 'SYN_RECV',
    says: (row) => row['retrans'] !== null,
    why: 'ss counts SYN-ACKs sent again, the others their timeouts: under deferred accept these differ',
  },
];

describe('socket peers', () => {
  it('ss, netstat and /proc show the same sockets in every state', (t: TestContext) => {
    const why = whyNoNamespace(['ip', 'ss', 'netstat', 'iptables', 'mkfifo']);
    if (why !== null) {
      t.skip(why);
      return;
    }
    const rounds = record();
    const still = rounds.find(({ before, after }) => isStill(before, after));
    assert.ok(still, 'sockets changed in every round while they were read');
    const expected = readRows('ss', still.texts);
    const found = new Set([...expected.values()].map((row) => row['state']));
    for (const state of STATES) assert.ok(found.has(state), `no socket in ${state}`);
    for (const tool of Object.keys(TOOLS) as Tool[]) compare(tool, readRows(tool, still.texts), expected);
  });
});

interface Round {
  readonly texts: ReadonlyMap<string, string>;
  readonly before: ReadonlyMap<string, Row>;
  readonly after: ReadonlyMap<string, Row>;
}

function record(): readonly Round[] {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-sockets-'));
  try {
    const printed = runInNamespace(SOCKETS_SCRIPT, [process.execPath, folder, SOCKETS_IN_ALL_STATES]);
    return printed
      .split(/^==== round\n/m)
      .slice(1)
      .map((text) => {
        const parts = text.split(/^== (.*)\n/m).slice(1);
        const texts = new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1]!] as const] : [])));
        return { texts, before: readRows('proc', texts), after: readRows('proc', texts, ' again') };
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether nothing but the time left changed between two looks. */
function isStill(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): boolean {
  const told = (rows: ReadonlyMap<string, Row>): string =>
    JSON.stringify(
      [...rows].map(([name, row]) => [name, ...COMPARED.map((column) => String(row[column]))].join(' ')).toSorted(),
    );
  const restarted = [...before].some(([name, row]) => Number(after.get(name)?.['timer_ms']) > Number(row['timer_ms']));
  return told(before) === told(after) && !restarted;
}

/** The rows of a tool by their four ends; every line must be read. */
function readRows(tool: Tool, texts: ReadonlyMap<string, string>, again = ''): ReadonlyMap<string, Row> {
  const { source, members } = TOOLS[tool];
  const rows = members.flatMap((member) => {
    const { tables, rejects } = parseMember(sources.get(source)!, member, [
      new TextEncoder().encode(texts.get(`${member}${again}`)),
    ]);
    assert.deepEqual(rejects, [], member);
    return tables.get('socket')!;
  });
  const any = (row: Row, column: string): string => (row[column] === '*' ? '::' : String(row[column]));
  const named = rows.map((row): [string, Row] => [
    `${any(row, 'local_addr')} ${row['local_port']} ${any(row, 'peer_addr')} ${row['peer_port']}`,
    row,
  ]);
  const byName = new Map(named);
  assert.equal(byName.size, rows.length, `${tool}: a socket twice`);
  return byName;
}

function compare(tool: Tool, rows: ReadonlyMap<string, Row>, expected: ReadonlyMap<string, Row>): void {
  assert.deepEqual([...rows.keys()].toSorted(), [...expected.keys()].toSorted(), tool);
  for (const [name, row] of rows) {
    const peer = expected.get(name)!;
    for (const column of COMPARED) {
      const known = DIFFERENCES.find(
        (entry) => entry.column === column && entry.state === row['state'] && entry.says(row),
      );
      if (known === undefined || tool.startsWith('ss'))
        assert.equal(row[column], peer[column], `${tool}: ${column} of ${row['state']} ${name}`);
    }
    if (peer['timer_ms'] === null) continue;
    const apart = (row['timer_ms'] as bigint) - (peer['timer_ms'] as bigint);
    assert.ok(apart >= -TIMER_SLACK_MS && apart <= TIMER_SLACK_MS, `${tool}: timer_ms of ${name}: ${apart} ms apart`);
  }
}
