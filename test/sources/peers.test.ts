import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { runInNamespace, whyNoNamespace } from '../support/lab.ts';
import { type Parsed, parseMember, type Row, type Value } from '../support/parse-member.ts';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

/** Opens sockets in several states and holds them; prints `ready` when they stand. */
const SOCKETS = `
const net = require('node:net');
const later = (ms) => new Promise((done) => setTimeout(done, ms));
const listen = (options) => new Promise((done) => {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => {}).resume());
  server.listen(options, () => done(server.address().port));
});
const connect = (options) => new Promise((done) => {
  const socket = net.connect({ allowHalfOpen: true, ...options }, () => done(socket));
  socket.on('error', () => {});
});
(async () => {
  const plain = await listen({ host: '127.0.0.1', port: 0, backlog: 7 });
  const dual = await listen({ host: '::', port: 0 });
  const six = await listen({ host: '::1', port: 0, ipv6Only: true });
  for (let i = 0; i < 3; i++) await connect({ host: '127.0.0.1', port: plain });
  await connect({ host: '127.0.0.1', port: dual });
  await connect({ host: '::1', port: dual });
  await connect({ host: '::1', port: six });
  (await connect({ host: '127.0.0.1', port: plain })).end();
  (await connect({ host: '::1', port: six })).end();
  const closing = net.createServer((socket) => socket.end());
  await new Promise((done) => closing.listen({ host: '127.0.0.1', port: 0 }, done));
  await connect({ host: '127.0.0.1', port: closing.address().port }).then((socket) => socket.on('end', () => socket.end()).resume());
  net.connect({ host: '192.0.2.2', port: 9 }).on('error', () => {});
  await later(300);
  console.log('ready');
  await later(20000);
})();
`;

const SCRIPT = `
ip link set lo up
ip link add left type veth peer name right
ip addr add 192.0.2.1/24 dev left
ip link set left up
ip link set right up
sleep 0.2
mkfifo "$2/ready"
"$1" -e "$3" >"$2/ready" &
holder=$!
read -r _ <"$2/ready"
echo '== proc'; cat /proc/net/tcp /proc/net/tcp6
echo '== ss'; ss -tan
echo '== proc again'; cat /proc/net/tcp /proc/net/tcp6
kill "$holder"
`;

const STATES = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
];

describe('peers', () => {
  it('ss says what /proc says', (t: TestContext) => {
    const why = whyNoNamespace(['ip', 'ss', 'mkfifo']);
    if (why !== null) {
      t.skip(why);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'lastack-peers-'));
    let printed: ReadonlyMap<string, string>;
    try {
      printed = sections(runInNamespace(SCRIPT, [process.execPath, folder, SOCKETS]));
    } finally {
      rmSync(folder, { recursive: true });
    }
    compareSockets(printed);
  });
});

function compareSockets(printed: ReadonlyMap<string, string>): void {
  const before = readProcTcp(printed.get('proc')!);
  assert.deepEqual(readProcTcp(printed.get('proc again')!), before, 'the sockets changed while they were read');
  const { tables, rejects } = parse('ss', printed.get('ss')!);
  assert.deepEqual(rejects, []);
  const rows = tables.get('socket')!.map(describeSocket).toSorted();
  assert.deepEqual(rows, before);
  const states = new Set(rows.map((row) => row.split(' ')[0]));
  for (const state of ['LISTEN', 'ESTABLISHED', 'FIN_WAIT2', 'CLOSE_WAIT', 'TIME_WAIT', 'SYN_SENT']) {
    assert.ok(states.has(state), `no socket in ${state}`);
  }
}

function parse(id: string, text: string): Parsed {
  const source: Source | undefined = sources.get(id);
  assert.ok(source);
  return parseMember(source, id, [new TextEncoder().encode(text)]);
}

function describeSocket(row: Row): string {
  const any = (address: Value | undefined): string => (address === '*' ? '::' : String(address));
  const local = `${any(row['local_addr'])} ${row['local_port'] ?? 0}`;
  return `${row['state']} ${local} ${any(row['peer_addr'])} ${row['peer_port'] ?? 0}`;
}

/** The lines of /proc/net/tcp and tcp6 as `describeSocket` writes them. */
function readProcTcp(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => /^\s*\d+:/.test(line))
    .map((line) => {
      const [, local, peer, state] = line.trim().split(/\s+/);
      return `${STATES[Number.parseInt(state!, 16)]} ${readEndpoint(local!)} ${readEndpoint(peer!)}`;
    })
    .toSorted();
}

/** `0100007F:1F90`: the address in words of the host's byte order (little-endian), the port in network order. */
function readEndpoint(text: string): string {
  const [address, port] = text.split(':');
  const bytes = Buffer.from(address!, 'hex');
  bytes.swap32();
  const plain = bytes.length === 4 || bytes.subarray(0, 12).toString('hex') === '00000000000000000000ffff';
  const spelled = plain
    ? [...bytes.subarray(-4)].join('.')
    : new URL(`http://[${bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:')}]`).hostname.slice(1, -1);
  return `${spelled} ${Number.parseInt(port!, 16)}`;
}

function sections(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^== (.*)\n/m).slice(1);
  return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1]!] as const] : [])));
}
