import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { judge } from '../../src/analysis/verdict.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { importCaptures } from '../../src/ingest/import.ts';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { readersFor } from '../../src/ingest/readers.ts';
import { importedCase } from '../support/cases.ts';
import { judgeRuns } from '../support/judge-runs.ts';
import { projectRoot } from '../support/project.ts';
import { COLLECTOR, collect, has, samples, scratch, toolbox } from './collector.ts';

const INCIDENTS = ['abusive-source', 'backend-refused', 'lost-ack'];

/** The awk program of the collector. */
function program(): string {
  return /^REDACT='\n([\s\S]*?)'$/m.exec(readFileSync(COLLECTOR, 'utf8'))![1]!;
}

/** Unpacks a recording, and packs it again as it is, and after the collector's own program went over all its members. */
function both(folder: string, incident: string): { plain: string; redacted: string } {
  const at = join(folder, incident);
  mkdirSync(at);
  const script = `tar -xJf "$1" -C "$2"; tar -cf "$2.tar" -C "$2" .
printf 'lastack-redaction-map 1\\n' >"$2.map"
find "$2" -type f ! -name manifest.tsv ! -name 'proc-net-tcp*' -exec awk "$3" map="$2.map" names=www1 {} + >/dev/null
find "$2" -name '*.new' | while read -r file; do mv "$file" "\${file%.new}"; done
tar -cf "$2.redacted.tar" -C "$2" .`;
  const recording = join(projectRoot, `test/incidents/lab/${incident}.tar.xz`);
  const done = spawnSync('sh', ['-euc', script, 'sh', recording, at, program()], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return { plain: `${at}.tar`, redacted: `${at}.redacted.tar` };
}

test('the diagnosis of what the collector redacted is that of the plain captures', async (t) => {
  const folder = scratch(t);
  const made = INCIDENTS.map((incident) => ({ incident, ...both(folder, incident) }));
  const plain = await diagnoses(
    t,
    made.map((one) => one.plain),
  );
  const redacted = await diagnoses(
    t,
    made.map((one) => one.redacted),
  );
  assert.deepEqual(redacted, plain);
});

/** The cause and the findings of each recording, and how many lines of all could not be read. */
async function diagnoses(t: TestContext, archives: readonly string[]): Promise<unknown> {
  const opened = await importedCase(t, [archives[0]!], { run: INCIDENTS[0]! });
  const sources = await loadSources();
  for (const [i, archive] of archives.entries())
    if (i > 0)
      await importCaptures(opened.file, sources, await findCaptures([archive]), readersFor(1), { run: INCIDENTS[i]! });
  const runs = await judgeRuns(opened.file.connection);
  const findings = INCIDENTS.map((incident) => {
    const { root, ordered } = judge(runs.of(incident));
    return [root?.finding.id, ...ordered.map(({ finding }) => `${finding.severity} ${finding.id} ${finding.onset}`)];
  });
  const [rejects] = await opened.query('select count(*) as rejects from reject');
  return [findings, String(rejects!['rejects'])];
}

const ACCESS = `198.51.100.77 - bob [22/Nov/2026:20:36:14 +0000] "GET /a?user=bob&q=secretword HTTP/1.1" 200 5000 "http://www.shop.example/x?y=z" "Mozilla/5.0 (X11)" 123
{"client":"198.51.100.77","user":"alice"}
`;
const ERROR = `[Sun Nov 22 20:36:14.1 2026] [proxy:error] [pid 1] [client 198.51.100.77:4000] AH01617: user bob: password mismatch, token=hush, referer: http://www.shop.example/x
`;

for (const shell of [['dash'], ['busybox', 'sh']])
  test(`--redact: nothing of it is left, the same stands for the same, the map leads back (${shell.join(' ')})`, async (t) => {
    if (!has(t, shell[0]!)) return;
    const folder = scratch(t);
    const out = join(folder, 'out');
    const map = join(folder, 'map');
    writeFileSync(join(folder, 'access.log'), ACCESS);
    writeFileSync(join(folder, 'error.log'), ERROR);
    const path = toolbox(join(folder, 'bin'), [], {
      ss: 'echo "State Recv-Q Send-Q Local Address:Port Peer Address:Port"; echo "ESTAB 0 0 [::ffff:10.1.2.3]:80 198.51.100.77:4000 uid:33 ino:1 sk:1"; echo "ESTAB 0 0 [2a00:1450:4001::64]:80 [2a00:1450:4001::65]:4000 uid:33 ino:1 sk:1"; echo "ESTAB 0 0 127.0.0.1:80 198.51.100.78:4001 uid:33 ino:1 sk:2"',
    });
    const logs = ['--access-log', join(folder, 'access.log'), '--error-log', join(folder, 'error.log')];
    const args = ['--interval', '0.1', '--count', '2', '--budget', '99', '--redact', map, '--out', out, ...logs];
    const ended = await collect(t, args, { path, shell });
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(statSync(map).mode & 0o777, 0o600);
    const [first, second] = samples(out);
    const text = first!.members.map((member) => first!.text(member)).join('\n');
    for (const original of [
      '198.51.100.77',
      '10.1.2.3',
      '4001::64',
      'bob',
      'alice',
      'secretword',
      'shop.example',
      'Mozilla',
      'hush',
    ])
      assert.ok(!text.includes(original), original);
    if (hostname().length > 3) assert.ok(!text.includes(hostname()) && !first!.name.includes(hostname()));
    const sockets = first!.text('ss-tanoemi.txt').split('\n');
    const client = /(198\.51\.100\.\d\d):4000 /.exec(sockets[1]!)![1]!;
    assert.match(
      sockets[1]!,
      /\[::ffff:10\.\d\.\d\.\d\]:80 /,
      'private stays private, and each part as long as it was',
    );
    assert.match(sockets[3]!, /^ESTAB 0 0 127\.0\.0\.1:80 198\.51\.100\.\d\d:4001 /);
    assert.ok(first!.text('logs/access/access.log').startsWith(`${client} - n`));
    assert.ok(first!.text('logs/error/error.log').includes(`[client ${client}:4000]`));
    assert.equal(
      second!.text(second!.members.find((member) => member.startsWith('ss-tano'))!).split('\n')[1],
      sockets[1],
      'the next sample says the same',
    );
    assert.match(first!.header.get('redacted')!, /^by lastack-collect .* on the host: addresses, /);
    assert.equal(first!.header.get('redaction_left_out'), '1 lines of access logs in another form');
    assert.ok(readFileSync(map, 'utf8').includes(`ip\t${client}\t"198.51.100.77"\n`));
    const inside = await collect(t, ['--once', '--redact', join(out, 'map'), '--out', out], { path, shell });
    assert.equal(inside.code, 2);
    assert.match(inside.stderr, /--redact: the map leads back/);
  });
