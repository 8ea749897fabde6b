import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { appears, collect, has, NO_LOGS, readSample, samples, scratch, start, toolbox } from './collector.ts';

/** Answers at once, whatever the real tool would say on this machine. */
const SS = 'echo "State Recv-Q Send-Q Local Address:Port Peer Address:Port"';
/** Never answers, and says which process it is. */
const HANGS = 'echo $$ >"$MARK.new" && mv "$MARK.new" "$MARK"; exec sleep 600';

test('a missing tool is absent, and the sample is whole', async (t) => {
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), ['ss', 'ip'], {
    netstat: 'echo "Proto Recv-Q Send-Q Local Address Foreign Address State"',
  });
  const ended = await collect(t, ['--once', '--out', folder, ...NO_LOGS], { path });
  assert.equal(ended.code, 0, ended.stderr);
  const [sample] = samples(folder);
  if (sample!.probe('ss-tanoemi').status !== 'absent') {
    t.skip('needs a system without ss in sbin');
    return;
  }
  assert.equal(sample!.probe('ss-tanoemi').note, 'ss is not installed');
  assert.ok(!sample!.members.includes('ss-tanoemi.txt'));
  assert.equal(sample!.probe('netstat-tan').status, 'collected');
  assert.equal(sample!.probe('proc-net-netstat').status, 'collected');
});

for (const [name, scripts, status, note] of [
  ['no netstat', {}, 'absent', 'netstat is not installed'],
  ['the netstat of busybox', { netstat: 'exec busybox netstat "$@"' }, 'failed', "netstat: invalid option -- 'o'"],
] as const) {
  test(`without ss and with ${name} the kernel's own list of sockets is taken`, async (t) => {
    const folder = scratch(t);
    const path = toolbox(join(folder, 'bin'), ['ss', 'netstat'], scripts);
    if (status === 'failed' && !has(t, 'busybox')) return;
    await collect(t, ['--once', '--out', folder, ...NO_LOGS], { path });
    const [sample] = samples(folder);
    if (sample!.probe('ss-tanoemi').status !== 'absent') {
      t.skip('needs a system without ss in sbin');
      return;
    }
    const row = sample!.probe('netstat-tan');
    assert.deepEqual([row.status, row.note], [status, note]);
    assert.ok(!sample!.members.includes('netstat-tan.txt'));
    for (const probe of ['proc-net-tcp', 'proc-net-tcp6']) {
      assert.equal(sample!.probe(probe).status, 'collected');
      assert.match(sample!.text(`${probe}.txt`), /^ *sl +local_address /);
    }
  });
}

test('stderr goes to the note, never into the member', async (t) => {
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), [], {
    ss: `printf 'Failed to find\\tcgroup2 mount %0200d\\nmore\\n' 0 >&2; ${SS}`,
  });
  await collect(t, ['--once', '--out', folder, ...NO_LOGS], { path });
  const [sample] = samples(folder);
  assert.match(sample!.text('ss-tanoemi.txt'), /^State [^\n]*\n$/);
  const { note } = sample!.probe('ss-tanoemi');
  assert.match(note, /^Failed to find cgroup2 mount 0+$/);
  assert.equal(note.length, 120);
});

test('a tool that fails without a word is failed, with its exit code', async (t) => {
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), [], { ss: 'echo "permission denied" >&2; exit 3' });
  await collect(t, ['--once', '--out', folder, ...NO_LOGS], { path });
  const [sample] = samples(folder);
  const row = sample!.probe('ss-tanoemi');
  assert.deepEqual([row.status, row.exitCode, row.bytes, row.note], ['failed', '3', 0, 'permission denied']);
  assert.ok(!sample!.members.includes('ss-tanoemi.txt'));
});

for (const without of [[], ['timeout']]) {
  test(`a tool that hangs is cut at the limit, ${without.length === 0 ? 'with' : 'without'} timeout(1)`, async (t) => {
    const folder = scratch(t);
    const path = toolbox(join(folder, 'bin'), without, {
      ss: `case $1 in -tanoemi) exec sleep 600 ;; -ltn) printf 'whole\\nhal'; exec sleep 600 ;; *) ${SS} ;; esac`,
    });
    const ended = await collect(t, ['--once', '--limit', '1', '--out', folder, ...NO_LOGS], { path });
    assert.equal(ended.code, 0, ended.stderr);
    const [sample] = samples(folder);
    const row = sample!.probe('ss-tanoemi');
    assert.deepEqual([row.status, row.exitCode, row.note], ['failed', '124', 'no answer within 1 s']);
    assert.ok(row.endedMs - row.startedMs < 3000);
    assert.equal(sample!.probe('ss-ltn').status, 'truncated');
    assert.equal(sample!.text('ss-ltn.txt'), 'whole\n');
    assert.equal(sample!.probe('ss-s').status, 'collected');
  });
}

for (const shell of ['dash', 'bash', 'busybox']) {
  test(`of an output without end, head and tail are kept in whole lines, with a line between that says so (${shell})`, async (t) => {
    if (!has(t, shell)) return;
    const folder = scratch(t);
    const path = toolbox(join(folder, 'bin'), [], {
      ss: `case $1 in -tanoemi) exec yes "a line of a very large table" ;; *) ${SS} ;; esac`,
    });
    await collect(t, ['--once', '--out', folder, ...NO_LOGS], {
      path,
      shell: shell === 'busybox' ? [shell, 'sh'] : [shell],
    });
    const [sample] = samples(folder);
    const row = sample!.probe('ss-tanoemi');
    assert.equal(row.status, 'truncated');
    assert.equal(row.note, 'head and tail kept, longer than 33554432 bytes');
    assert.ok(row.bytes <= 2 ** 25 + 200 && row.bytes > 2 ** 25 - 200, `${row.bytes} bytes`);
    const others = sample!
      .text('ss-tanoemi.txt')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== 'a line of a very large table');
    assert.deepEqual(others, ['lastack-collect: lines left out here, the output was longer than 33554432 bytes']);
  });
}

test('figures of the connection tracking table are whole numbers, not their first digit', async (t) => {
  const out = scratch(t);
  await collect(t, ['--once', '--out', out, ...NO_LOGS]);
  const [sample] = samples(out);
  const limit = '/proc/sys/net/netfilter/nf_conntrack_max';
  if (existsSync(limit)) {
    const max = readFileSync(limit, 'utf8');
    assert.match(sample!.text('conntrack-count.txt'), /^net\.netfilter\.nf_conntrack_count = \d+\n/);
    assert.ok(sample!.text('conntrack-count.txt').endsWith(`\nnet.netfilter.nf_conntrack_max = ${max}`));
  } else {
    assert.equal(sample!.probe('conntrack-count').status, 'absent');
  }
});

test('process owners and settings are not taken every time, and say so', async (t) => {
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), [], { ss: SS });
  await collect(t, ['--interval', '0.4', '--budget', '99', '--count', '7', '--out', folder, ...NO_LOGS], {
    path,
  });
  const taken = samples(folder);
  const owners = taken.map((sample) => sample.probe('ss-tanpe').status);
  assert.deepEqual(owners, ['collected', ...Array<string>(5).fill('skipped'), 'collected']);
  assert.equal(taken[1]!.probe('sysctl').status, 'skipped');
});

test('each network card that is up is asked for its counters, and at times for its settings', async (t) => {
  const cards = readdirSync('/sys/class/net').filter(
    (name) =>
      existsSync(`/sys/class/net/${name}/device`) &&
      readFileSync(`/sys/class/net/${name}/operstate`, 'utf8').trim() !== 'down',
  );
  if (cards.length === 0) {
    t.skip('needs a network card');
    return;
  }
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), [], {
    ss: SS,
    ethtool: 'if [ "$1" = -g ]; then echo "netlink error: Operation not supported" >&2; exit 94; fi; echo "$*"',
  });
  await collect(t, ['--interval', '0.2', '--count', '2', '--out', folder, ...NO_LOGS], { path });
  const [first, second] = samples(folder);
  for (const card of cards) {
    assert.equal(first!.text(`ethtool-S-${card}.txt`), `-S ${card}\n`);
    assert.equal(first!.text(`ethtool-k-${card}.txt`), `-k ${card}\n`);
    const rings = first!.probe(`ethtool-g-${card}`);
    assert.deepEqual([rings.status, rings.note], ['failed', 'netlink error: Operation not supported']);
    assert.equal(second!.text(`ethtool-S-${card}.txt`), `-S ${card}\n`);
    assert.equal(second!.probe(`ethtool-k-${card}`).status, 'skipped');
  }
});

test('kernel settings read as sysctl prints them, without the keys that hold secrets', async (t) => {
  const out = scratch(t);
  await collect(t, ['--once', '--out', out, ...NO_LOGS]);
  const text = samples(out)[0]!.text('sysctl.txt');
  assert.match(text, /^net\.ipv4\.tcp_fin_timeout = \d+$/m);
  assert.match(text, /^net\.ipv4\.tcp_rmem = \d+\t\d+\t\d+$/m);
  assert.match(text, /^vm\.swappiness = \d+$/m);
  assert.doesNotMatch(text, /stable_secret|tcp_fastopen_key|kernel\.hostname/);
  const lines = text.trimEnd().split('\n');
  assert.deepEqual(lines, lines.toSorted());
});

test('settings made at boot come with their file and line, secrets left out', async (t) => {
  const out = scratch(t);
  const path = toolbox(join(out, 'bin'), [], {
    grep: 'case "$*" in *sysctl.conf*) exec printf "/etc/sysctl.conf:3:net.core.somaxconn=512\\n/etc/sysctl.conf:4:net.ipv4.tcp_fastopen_key = 1-2-3-4\\n" ;; *) exec /usr/bin/grep "$@" ;; esac',
  });
  await collect(t, ['--once', '--out', out, ...NO_LOGS], { path });
  const [sample] = samples(out);
  assert.equal(sample!.text('sysctl-files.txt'), '/etc/sysctl.conf:3:net.core.somaxconn=512\n');
  assert.equal(sample!.probe('sysctl-files').status, 'collected');
});

test('--fresh leaves out kernel messages from before the start', async (t) => {
  const folder = scratch(t);
  const path = toolbox(join(folder, 'bin'), [], {
    dmesg: `echo "[    1.000000] boot"; echo "[   12.500000] old"; [ ! -e ${folder}/asked ] || printf '[   13.000001] new\\nits second line\\n'; : >${folder}/asked`,
  });
  await collect(t, ['--once', '--fresh', '--out', folder, ...NO_LOGS], { path });
  const [sample] = samples(folder);
  assert.equal(sample!.text('dmesg.txt'), '[   13.000001] new\nits second line\n');
  assert.equal(sample!.header.get('fresh'), 'yes');
});

test('a tarball appears whole: by rename, never written in place', async (t) => {
  const out = scratch(t);
  const seen: string[] = [];
  const watcher = watch(out, (event, name) => {
    if (name === null || name.startsWith('.')) return;
    seen.push(event);
    gunzipSync(readFileSync(join(out, name)));
    readSample(join(out, name));
  });
  const ended = await collect(t, ['--interval', '0.3', '--count', '3', '--out', out, ...NO_LOGS]);
  watcher.close();
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual([...new Set(seen)], ['rename']);
  assert.equal(readdirSync(out).length, 3);
});

test('SIGTERM between two samples leaves whole tarballs and nothing else', async (t) => {
  const out = scratch(t);
  const run = start(t, ['--interval', '600', '--out', out, ...NO_LOGS]);
  await run.sample(1);
  run.child.kill('SIGTERM');
  assert.equal((await run.ended).code, 143);
  assert.deepEqual(
    readdirSync(out),
    samples(out).map((sample) => `${sample.name}.tar.gz`),
  );
});

test('SIGTERM in the middle of a sample leaves nothing, and ends the tool it waits for', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const path = toolbox(join(folder, 'bin'), [], { ss: HANGS.replaceAll('$MARK', join(folder, 'mark')) });
  const run = start(t, ['--once', '--limit', '600', '--out', out, ...NO_LOGS], { path });
  await appears(folder, 'mark');
  const tool = Number(readFileSync(join(folder, 'mark'), 'utf8'));
  run.child.kill('SIGTERM');
  assert.equal((await run.ended).code, 143);
  assert.deepEqual(readdirSync(out), []);
  assert.throws(() => process.kill(tool, 0), { code: 'ESRCH' });
});

test('SIGTERM is heard at whatever moment it comes', async (t) => {
  const out = scratch(t);
  for (let round = 0; round < 10; round++) {
    const run = start(t, ['--interval', '600', '--out', out, ...NO_LOGS]);
    await run.sample(1);
    run.child.kill('SIGTERM');
    assert.equal((await run.ended).code, 143);
  }
  assert.equal(readdirSync(out).length, 10);
});
