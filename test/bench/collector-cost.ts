import { spawn, spawnSync } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../support/project.ts';

const SOCKETS = 50_000;
const ENTRIES = 100_000;
const SAMPLES = 24;
/** A process may hold some ten thousand sockets only. */
const PARTS = 4;
const COLLECTOR = join(projectRoot, 'src/collector/lastack-collect');
const MB = 2 ** 20;

/** Holds both ends of many connections, and sends datagrams that nobody answers: an entry of connection tracking each. */
const WORLD = `
import { createServer, connect } from 'node:net';
import { createSocket } from 'node:dgram';
const [port, sockets, entries] = process.argv.slice(-3).map(Number);
const server = createServer((s) => s.on('error', () => {})).listen({ host: '203.0.113.5', port, backlog: 4096 });
await new Promise((done) => server.on('listening', done));
for (let i = 0; i < sockets / 2; i += 250)
  await Promise.all(Array.from({ length: 250 }, (_, k) => new Promise((done) => {
    const s = connect({ port, host: '203.0.113.5', localAddress: '203.0.113.' + (10 + ((i + k) % 40)) }, done);
    s.on('error', () => {});
  })));
const udp = createSocket('udp4');
for (let i = 0; i < entries - sockets / 2; i++) {
  const address = '198.51.100.' + (1 + (i % 250));
  await new Promise((done) => udp.send('x', 1024 + Math.floor(i / 250), address, done));
}
console.log('ready');
setInterval(() => {}, 1000);
`;

/** What one way of taking a sample cost. */
interface Cost {
  readonly cpuS: number;
  /** Null where most of the time is waiting for the next sample. */
  readonly wallS: number | null;
  /** The largest process. */
  readonly peakMb: number;
  readonly mb: number;
}

/** A command, measured whole, and how many samples it took; bytes are those of the files in the folder `$out` afterwards. */
interface Way {
  readonly what: string;
  readonly note: string;
  readonly needs: string;
  readonly script: string;
  readonly samples: number;
  /** It waits for the clock between samples; how long each took it may say on stderr. */
  readonly waits?: boolean;
}

const collect = (options: string): string => `sh ${COLLECTOR} ${options} --status-url http://127.0.0.1:9/ --out "$out"`;

const WAYS: readonly Way[] = [
  { what: 'lastack-collect --once', note: 'everything', needs: 'sh', samples: 1, script: collect('--once') },
  {
    what: 'lastack-collect --interval 10',
    note: `mean of ${SAMPLES} samples, the first with everything`,
    needs: 'sh',
    samples: SAMPLES,
    waits: true,
    script: collect(`--interval 10 --count ${SAMPLES}`),
  },
  {
    what: 'lastack-collect --watch',
    note: 'a look: mean of 30, every 2 s, with the sample at the start',
    needs: 'sh',
    samples: 30,
    waits: true,
    script: collect('--watch --controls 0 --duration 60 --trigger "load1 > 100000"'),
  },
  // the same facts by both: sockets and their processes
  {
    what: 'ss -tanpe',
    note: 'the part of a sample that netstat -antp tells too',
    needs: 'ss',
    samples: 1,
    script: 'ss -tanpe >"$out/ss"',
  },
  { what: 'netstat -antp', note: 'net-tools', needs: 'netstat', samples: 1, script: 'netstat -antp >"$out/netstat"' },
  {
    what: 'pt-stalk, collection loop',
    note: 'percona-toolkit without a database, 30 s at 1 s',
    needs: 'pt-stalk',
    samples: 30,
    waits: true,
    script:
      'mkdir "$out.bin"; printf "#!/bin/sh\\necho none\\n" | tee "$out.bin/mysql" >"$out.bin/mysqladmin"; chmod 755 "$out.bin"/*; PATH=$out.bin:$PATH; pt-stalk --no-stalk --iterations 1 --run-time 30 --sleep-collect 1 --dest "$out" --log "$out/log" --pid "$out/pid" >/dev/null 2>&1 || true',
  },
  {
    what: 'sos report -o networking',
    note: 'one report',
    needs: 'sos',
    samples: 1,
    script: 'sos report --batch --build -o networking --tmp-dir "$out" >/dev/null 2>&1',
  },
];

/**
 * What a sample costs on a host with many sockets and a full connection tracking table, beside other ways to get the same; prints
 * a table of Markdown. Needs root.
 */
export async function printCollectorCost(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-cost-'));
  writeFileSync(join(folder, 'world.mjs'), WORLD);
  const script = `ulimit -n "$(ulimit -Hn)"
ip link set lo up; ip addr add 203.0.113.5/24 dev lo
for i in $(seq 10 49); do ip addr add 203.0.113.$i/24 dev lo; done
ip link add d0 type veth peer name d1; ip link set d0 arp off; ip link set d0 up; ip link set d1 up
ip route add 198.51.100.0/24 dev d0
iptables -A OUTPUT -m conntrack --ctstate INVALID -j ACCEPT
echo 86400 >/proc/sys/net/netfilter/nf_conntrack_udp_timeout
echo "1024 65535" >/proc/sys/net/ipv4/ip_local_port_range
for port in $(seq ${PARTS}); do "$0" ${folder}/world.mjs $port ${SOCKETS / PARTS} ${ENTRIES / PARTS} & done
wait`;
  const world = spawn('unshare', ['-n', 'sh', '-euc', script, process.execPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    const ended = once(world, 'exit').then(() => {
      throw new Error('no host with many sockets here: root, iptables and network namespaces are needed');
    });
    const lines = on(createInterface(world.stdout), 'line');
    for (let part = 0; part < PARTS; part++) await Promise.race([lines.next(), ended]);
    const inside = (command: string): string =>
      spawnSync('nsenter', ['-t', String(world.pid), '-n', 'sh', '-c', command], { encoding: 'utf8' }).stdout.trim();
    console.log(
      `${inside('ss -Htan | wc -l')} sockets, ${inside('cat /proc/sys/net/netfilter/nf_conntrack_count')} entries\n`,
    );
    console.log('| a sample by | | processor, s | wall, s | largest process, MB | MB written |');
    console.log('| --- | --- | --: | --: | --: | --: |');
    for (const way of WAYS) print(way, measureIn(world.pid!, way, join(folder, 'out')));
  } finally {
    process.kill(-world.pid!, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(way: Way, cost: Cost | null): void {
  const cells =
    cost === null
      ? [`${way.needs} is not installed`, '', '', '']
      : [cost.cpuS.toFixed(2), cost.wallS?.toFixed(2) ?? '', cost.peakMb.toFixed(1), cost.mb.toFixed(2)];
  console.log(`| \`${way.what}\` | ${way.note} | ${cells.join(' | ')} |`);
}

/** Runs a way to its end in the host's network; by wait4(2), as time(1) tells it: all it waited for, and the largest of them. */
function measureIn(pid: number, way: Way, out: string): Cost | null {
  if (spawnSync('sh', ['-c', `command -v ${way.needs}`]).status !== 0) return null;
  const script = `rm -rf "$out" && mkdir "$out" && exec /usr/bin/time -f 'time %e %U %S %M' -o "$out.time" sh -c '${way.script.replaceAll("'", `'\\''`)}'`;
  const done = spawnSync('nsenter', ['-t', String(pid), '-n', 'sh', '-euc', script], {
    encoding: 'utf8',
    env: { ...process.env, out, LC_ALL: 'C' },
  });
  const time = /^time (\S+) (\S+) (\S+) (\S+)$/m.exec(readFileSync(`${out}.time`, 'utf8'));
  if (done.status !== 0 || time === null) throw new Error(`${way.what}: ${done.stderr}`);
  const [wallS, user, system, kb] = time.slice(1).map(Number) as [number, number, number, number];
  const said = [...done.stderr.matchAll(/\.tar\.gz, (\d+) ms$/gm)].map((match) => Number(match[1]) / 1000);
  const mean = said.length === way.samples ? said.reduce((sum, seconds) => sum + seconds, 0) / said.length : null;
  return {
    cpuS: (user + system) / way.samples,
    wallS: way.waits === true ? mean : wallS,
    peakMb: kb / 1024,
    mb: bytesIn(out) / way.samples / MB,
  };
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
