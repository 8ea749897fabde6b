import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { runInNamespace, whyNoNamespace } from '../support/lab.ts';
import { parseMember } from '../support/parse-member.ts';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

/**
 * Lists every counter of this kernel with a value of its own, and lets the tools read that list in place of /proc/net.
 * The kernel prints types of ICMP messages once it has seen one.
 */
const COUNTERS = `
mkdir "$1/net"
unique='NR % 2 { print; next } { printf "%s", $1; for (i = 2; i <= NF; i++) printf " %d", ++n + base; print "" }'
{ grep -v '^IcmpMsg:' /proc/net/snmp; echo 'IcmpMsg: InType3 OutType11'; echo 'IcmpMsg: 0 0'; } |
  awk "$unique" base=1000 >"$1/net/snmp"
awk "$unique" base=20000 /proc/net/netstat >"$1/net/netstat"
{ cat /proc/net/snmp6; echo 'Icmp6InType135 0'; } | awk '{ printf "%-32s\\t%d\\n", $1, NR + 50000 }' >"$1/net/snmp6"
unshare -m sh -eu -c '
mount --bind "$1" /proc
echo "== snmp"; cat /proc/net/snmp
echo "== netstat"; cat /proc/net/netstat
echo "== snmp6"; cat /proc/net/snmp6
echo "== nstat -asz"; nstat -asz
echo "== nstat -aszj"; nstat -aszj
echo "== netstat -s"; netstat -s
echo "== netstat -s6"; netstat -s6
' sh "$1"
`;

/** Counters a tool leaves out, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nstat: {
    IpForwarding: 'a setting',
    IpDefaultTTL: 'a setting',
    TcpRtoAlgorithm: 'a constant',
    TcpRtoMin: 'a constant',
    TcpRtoMax: 'a constant',
    TcpMaxConn: 'a constant',
    TcpCurrEstab: 'a gauge',
  },
  'netstat -s': {
    IpDefaultTTL: 'static, and those are printed by no option',
    TcpMaxConn: 'known, with no words',
    TcpRtoAlgorithm: 'static',
    TcpRtoMax: 'known, with no words',
    TcpRtoMin: 'known, with no words',
  },
};

describe('peers of the counters', () => {
  it('nstat and netstat -s give every counter of this kernel its own name and value', (t: TestContext) => {
    const printed = run(t, COUNTERS, ['nstat', 'netstat', 'awk']);
    if (printed === null) return;
    const kernel = new Map([
      ...counters('proc-net-counters', 'snmp', printed.get('snmp')!),
      ...counters('proc-net-counters', 'netstat', printed.get('netstat')!),
    ]);
    const kernel6 = counters('proc-net-snmp6', 'snmp6', printed.get('snmp6')!);
    assert.ok(kernel.size > 250, `only ${kernel.size} counters`);
    const all = new Map([...kernel, ...kernel6]);
    const plain = counters('nstat', 'nstat-asz.txt', printed.get('nstat -asz')!);
    assertSame(plain, without(all, LEFT_OUT['nstat']!), 'nstat');
    assert.deepEqual(counters('nstat', 'nstat-aszj.json', printed.get('nstat -aszj')!), plain);
    const worded = counters('netstat-s', 'netstat-s.txt', printed.get('netstat -s')!);
    assertSame(worded, without(kernel, LEFT_OUT['netstat -s']!), 'netstat -s');
    const worded6 = counters('netstat-s6', 'netstat-s6.txt', printed.get('netstat -s6')!);
    // -s6 repeats those of TCP, which has one set for both
    const tcp = [...kernel].filter(([name]) => /^Tcp(?!Ext)/.test(name));
    assertSame(worded6, without(new Map([...kernel6, ...tcp]), LEFT_OUT['netstat -s']!), 'netstat -s6');
  });

  it('ip, netstat -i, ifconfig and /proc/net/dev give the same figures of an interface', (t: TestContext) => {
    const printed = run(t, INTERFACES, ['ip', 'netstat', 'ifconfig', 'busybox']);
    if (printed === null) return;
    assert.equal(printed.get('ip again'), printed.get('ip'), 'the counters moved while they were read');
    const kernel = interfaces('interface', printed.get('ip')!);
    assert.ok((kernel.get('left')!.get('tx_packets') ?? 0n) > 4n, 'no traffic');
    assert.ok((kernel.get('right')!.get('rx_packets') ?? 0n) > 4n, 'no traffic');
    assert.deepEqual(interfaces('interface', printed.get('ip json')!), kernel);
    assert.deepEqual(interfaces('interface', printed.get('ip one line')!), kernel);
    const peers: readonly (readonly [string, string])[] = [
      ['interface-proc', 'dev'],
      ['interface-netstat', 'netstat -i'],
      ['interface-netstat', 'netstat -ie'],
      ['interface-ifconfig', 'ifconfig'],
      ['interface-ifconfig', 'busybox ifconfig'],
    ];
    for (const [id, section] of peers) {
      const found = interfaces(id, printed.get(section)!);
      assert.deepEqual([...found.keys()].toSorted(), [...kernel.keys()].toSorted(), section);
      for (const [name, figures] of found) {
        assert.ok(figures.size > 7, `${section}: only ${figures.size} figures`);
        for (const [column, value] of figures) {
          assert.equal(value, folded(kernel.get(name)!, column), `${section}: ${name} ${column}`);
        }
      }
    }
  });
});

const INTERFACES = `
echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
ip link set lo up
ip link add left type veth peer name right
ip link add bridge type bridge
ip addr add 192.0.2.1/24 dev left
ip addr add 198.51.100.1/24 dev bridge
for device in left right bridge; do ip link set $device up; done
ip neigh add 192.0.2.2 lladdr 02:00:5e:10:00:02 dev left
ip neigh add 198.51.100.2 lladdr 02:00:5e:10:00:02 dev bridge
"$2" -e "
const socket = require('node:dgram').createSocket('udp4');
const to = ['192.0.2.2', '198.51.100.2', '127.0.0.1'].flatMap((address) => Array(5).fill(address));
Promise.allSettled(to.map((address) => new Promise((done) => socket.send('word', 9, address, done)))).then(() => socket.close());
"
sleep 0.5
echo '== ip'; ip -s -s link
echo '== ip json'; ip -j -s -s link
echo '== ip one line'; ip -o -s -s link
echo '== dev'; cat /proc/net/dev
echo '== netstat -i'; netstat -ia
echo '== netstat -ie'; netstat -iea
echo '== ifconfig'; ifconfig -a
echo '== busybox ifconfig'; busybox ifconfig -a
echo '== ip again'; ip -s -s link
`;

/** What /proc/net/dev, and with it netstat and ifconfig, adds up in one column. */
const FOLDED: Readonly<Record<string, readonly string[]>> = {
  rx_dropped: ['rx_dropped', 'rx_missed'],
  rx_frame: ['rx_frame', 'rx_length', 'rx_overrun', 'rx_crc'],
  tx_carrier: ['tx_carrier', 'tx_aborted', 'tx_window', 'tx_heartbeat'],
};

type Figures = ReadonlyMap<string, bigint>;

function folded(figures: Figures, column: string): bigint {
  return (FOLDED[column] ?? [column]).reduce((sum, part) => sum + (figures.get(part) ?? 0n), 0n);
}

/** Runs a script in a namespace with a folder of its own; what it printed, by `== title`. Null when it cannot run here. */
function run(t: TestContext, script: string, commands: readonly string[]): ReadonlyMap<string, string> | null {
  const why = whyNoNamespace(commands);
  if (why !== null) {
    t.skip(why);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'lastack-peers-'));
  try {
    const parts = runInNamespace(script, [folder, process.execPath]).split(/^== (.*)\n/m);
    return new Map(parts.flatMap((part, at) => (at % 2 === 1 ? [[part, parts[at + 1]!] as const] : [])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function counters(id: string, member: string, text: string): Figures {
  const { tables, rejects } = parseMember(sources.get(id)!, member, [new TextEncoder().encode(text)]);
  assert.deepEqual(rejects, [], member);
  const rows = tables.get('counter')!;
  const read = new Map(rows.map((row) => [row['name'] as string, row['value'] as bigint]));
  assert.equal(read.size, rows.length, `${member}: a counter comes twice`);
  return read;
}

function interfaces(id: string, text: string): ReadonlyMap<string, Figures> {
  const { tables, rejects } = parseMember(sources.get(id)!, id, [new TextEncoder().encode(text)]);
  assert.deepEqual(rejects, [], id);
  return new Map(
    tables.get('interface')!.map((row) => {
      const figures = Object.entries(row).filter(([, value]) => typeof value === 'bigint' || typeof value === 'number');
      return [row['name'] as string, new Map(figures.map(([column, value]) => [column, BigInt(value as number)]))];
    }),
  );
}

function without(figures: Figures, names: Readonly<Record<string, string>>): Figures {
  return new Map([...figures].filter(([name]) => names[name] === undefined));
}

function assertSame(actual: Figures, expected: Figures, what: string): void {
  const line = ([name, value]: readonly [string, bigint]): string => `${name} ${value}`;
  assert.deepEqual([...actual].map(line).toSorted(), [...expected].map(line).toSorted(), what);
}
