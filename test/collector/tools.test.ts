import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { lastack } from '../support/cli.ts';
import { COLLECTOR, collect, has, NO_LOGS, type Sample, samples, scratch, toolbox } from './collector.ts';

const SHELLS: readonly (readonly string[])[] = [['dash'], ['bash'], ['busybox', 'sh']];

/** Those the collector asks for what they know. */
const READING: readonly string[] = [
  'ss',
  'netstat',
  'ip',
  'ethtool',
  'conntrack',
  'dmesg',
  'ps',
  'curl',
  'wget',
].concat('journalctl');
/** Those it can do without. */
const OPTIONAL: readonly string[] = [
  ...READING,
  'stat',
  'find',
  'timeout',
  'renice',
  'ionice',
  'flock',
  'mkfifo',
].concat(['df', 'readlink', 'id', 'grep']);

/** Asked on every host; the others where there is a network card, connection tracking, a web server or no other tool. */
const ALWAYS_ASKED: readonly string[] = ['ss', 'ethtool', 'dmesg'];

/** Of two tools for one purpose the second is asked only where the first is missing. */
const ASKED_WITHOUT: Readonly<Record<string, string>> = { netstat: 'ss', wget: 'curl' };

interface Host {
  readonly without?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The script as it is to run. */
  readonly edit?: (script: string) => string;
}

/** One sample of a host with such tools; it has to be whole, with what needs no tool. */
async function sampleOf(
  t: TestContext,
  shell: readonly string[],
  host: Host,
): Promise<{ out: string; sample: Sample }> {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const path = toolbox(join(folder, 'bin'), host.without ?? [], host.scripts);
  const collector = join(folder, 'lastack-collect');
  writeFileSync(collector, (host.edit ?? String)(onlyThisPath(readFileSync(COLLECTOR, 'utf8'))));
  const args = ['--once', '--out', out, ...NO_LOGS, ...(host.args ?? [])];
  const ended = await collect(t, args, { path, shell, collector });
  assert.equal(ended.code, 0, ended.stderr);
  const [sample] = samples(out);
  assert.equal(sample!.probe('proc-net-snmp').status, 'collected');
  assert.ok(Number(sample!.header.get('epoch_ms')) > 0);
  return { out, sample: sample! };
}

async function canBeRead(t: TestContext, out: string): Promise<void> {
  const imported = await lastack(['import', out, '--case', join(scratch(t), 'case.duckdb'), '--quiet']);
  assert.equal(imported.code, 0, imported.stderr);
}

const everyTool = (body: string): Record<string, string> => Object.fromEntries(READING.map((tool) => [tool, body]));

for (const shell of SHELLS) {
  const name = shell.join(' ');

  for (const tool of OPTIONAL) {
    test(`a host without ${tool} still gives a sample (${name})`, async (t) => {
      if (!has(t, shell[0]!)) return;
      const { sample } = await sampleOf(t, shell, { without: [tool] });
      for (const row of sample.probes) if (row.note === `${tool} is not installed`) assert.equal(row.status, 'absent');
      if (ALWAYS_ASKED.includes(tool)) assert.ok(sample.probes.some((row) => row.note === `${tool} is not installed`));
    });
  }

  // a tool that hangs costs time, not work: all at once
  describe(`one tool hangs (${name})`, { concurrency: true }, () => {
    for (const tool of READING) {
      test(tool, async (t) => {
        if (!has(t, shell[0]!)) return;
        const folder = scratch(t);
        const asked = join(folder, 'asked');
        const { sample } = await sampleOf(t, shell, {
          scripts: { [tool]: `: >>${asked}; exec sleep 600` },
          without: tool in ASKED_WITHOUT ? [ASKED_WITHOUT[tool]!] : [],
          args: ['--limit', '1', '--system-log', '/nonexistent'],
        });
        const late = sample.probes.filter((row) => row.note === 'no answer within 1 s');
        for (const row of late)
          assert.deepEqual([row.status, row.exitCode, row.bytes], ['failed', '124', 0], row.probe);
        const others = sample.probes.filter((row) => row.status === 'collected');
        assert.ok(others.length > 8, `collected: ${others.map((row) => row.probe).join(' ')}`);
        // not asked: no network card, no connection tracking or no web server here
        const probed = existsSync(asked) && !(tool === 'ps' && sample.probe('ps').status === 'empty');
        assert.equal(late.length > 0, probed, `${tool}: ${late.map((row) => row.probe).join(' ')}`);
      });
    }
  });

  for (const [what, body] of [
    ['fails', 'echo "cannot" >&2; exit 1'],
    ['prints rubbish', 'head -c 50000 /dev/urandom; exit 0'],
  ] as const) {
    test(`a host whose every tool ${what} gives a sample that can be read (${name})`, async (t) => {
      if (!has(t, shell[0]!)) return;
      const { out } = await sampleOf(t, shell, { scripts: everyTool(body) });
      await canBeRead(t, out);
    });
  }

  test(`every tool prints without end: each is cut at its limit, and the sample can be read (${name})`, async (t) => {
    if (!has(t, shell[0]!)) return;
    const { out, sample } = await sampleOf(t, shell, {
      edit: smaller,
      scripts: everyTool(ENDLESS),
      args: ['--limit', '2'],
    });
    cutAt(sample, 2 ** 25 / SMALLER);
    assert.equal(sample.probe('ip-s-link').status, 'truncated');
    await canBeRead(t, out);
  });
}

test('a table without end is cut at 32 MiB', async (t) => {
  const { sample } = await sampleOf(t, ['sh'], {
    scripts: { journalctl: ENDLESS },
    args: ['--system-log', '/nonexistent'],
  });
  cutAt(sample, 2 ** 25);
  const { status, bytes } = sample.probe('journal');
  assert.equal(status, 'truncated');
  assert.ok(bytes > 2 ** 24);
});

/** Without the folders of system tools that the script adds itself: what a host lacks is in none of them. */
function onlyThisPath(script: string): string {
  const text = script.replace(/^PATH=\$PATH:.*\n/m, '');
  assert.notEqual(text, script);
  return text;
}

const ENDLESS = 'exec yes "a line of a very large table"';
const SMALLER = 32;

/** The collector with smaller caps, so that much is cut in little time. */
function smaller(script: string): string {
  let caps = 0;
  const text = script.replace(/^(BYTE|TAIL)_CAP=(\d+)/gm, (_, cap: string, bytes: string) => {
    caps++;
    return `${cap}_CAP=${Number(bytes) / SMALLER}`;
  });
  assert.equal(caps, 2);
  return text;
}

function cutAt(sample: Sample, cap: number): void {
  for (const row of sample.probes) {
    assert.ok(row.bytes <= cap + 200, `${row.probe} has ${row.bytes} bytes`);
    if (row.bytes > cap / 2) assert.equal(row.status, 'truncated', row.probe);
  }
}
