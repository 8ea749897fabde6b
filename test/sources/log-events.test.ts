import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventOf, type LogEvent } from '../../src/sources/kernel-log/event-of.ts';

/** Wordings as the kernel (2.6.32 to 6.18), drivers and programs print them, and what must be read from each. */
const KNOWN: readonly (readonly [message: string, event: Partial<LogEvent> & { readonly id: string }])[] = [
  ['possible SYN flooding on port 443. Sending cookies.', { id: 'syn_flood', port: 443, detail: 'Sending cookies' }],
  [
    'TCP: TCP: Possible SYN flooding on port 443. Sending cookies.  Check SNMP counters.',
    { id: 'syn_flood', port: 443, detail: 'Sending cookies' },
  ],
  [
    'TCP: request_sock_TCPv6: Possible SYN flooding on port [::]:80. Dropping request.',
    { id: 'syn_flood', port: 80, detail: 'Dropping request', params: '{"address":"[::]"}' },
  ],
  [
    'TCP: request_sock_TCP: Possible SYN flooding on port 10.77.0.1:8080. Sending cookies.',
    { id: 'syn_flood', port: 8080, params: '{"address":"10.77.0.1"}' },
  ],
  ['nf_conntrack: table full, dropping packet.', { id: 'ct_full', detail: null }],
  ['ip_conntrack: table full, dropping packet.', { id: 'ct_full' }],
  ['nf_conntrack: nf_conntrack: table full, dropping packet', { id: 'ct_full' }],
  [
    'nf_conntrack: nf_conntrack: table full in netns 4026532602, dropping packet',
    { id: 'ct_full', detail: '4026532602' },
  ],
  ['TCP: too many of orphaned sockets', { id: 'orphans' }],
  ['TCP: too many orphaned sockets', { id: 'orphans' }],
  ['TCP: out of memory -- consider tuning tcp_mem', { id: 'tcp_mem' }],
  ['Out of socket memory', { id: 'tcp_mem' }],
  ['TCP: time wait bucket table overflow', { id: 'tw_overflow' }],
  ['TCP: time wait bucket table overflow (CT52)', { id: 'tw_overflow' }],
  ['neighbour: arp_cache: neighbor table overflow!', { id: 'neigh_full', detail: 'arp_cache' }],
  ['neighbour: ndisc_cache: neighbor table overflow!', { id: 'neigh_full', detail: 'ndisc_cache' }],
  ['Neighbour table overflow.', { id: 'neigh_full', detail: null }],
  ['net_ratelimit: 412 callbacks suppressed', { id: 'ratelimit', count: 412, detail: 'net_ratelimit' }],
  ['__ratelimit: 41 callbacks suppressed', { id: 'ratelimit', count: 41, detail: '__ratelimit' }],
  ['printk: 12 messages suppressed.', { id: 'ratelimit', count: 12 }],
  ['device eth1 entered promiscuous mode', { id: 'promisc', interface: 'eth1', detail: 'entered' }],
  ['virtio_net virtio0 eth0: left promiscuous mode', { id: 'promisc', interface: 'eth0', detail: 'left' }],
  ['virtio_net virtio0 eth0: entered allmulticast mode', { id: 'promisc', interface: 'eth0', detail: 'entered' }],
  [
    'audit: type=1700 audit(1795379512.331:42): dev=eth0 prom=256 old_prom=0 auid=1000 uid=0 gid=0 ses=1',
    { id: 'audit_promisc', interface: 'eth0', count: 256, params: '{"auid":"1000","uid":"0"}' },
  ],
  [
    'e1000e: eth0 NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx',
    { id: 'link', interface: 'eth0', detail: 'up', params: '{"speed":"1000 Mbps"}' },
  ],
  ['igb 0000:01:00.0 eno1: igb: eno1 NIC Link is Down', { id: 'link', interface: 'eno1', detail: 'down' }],
  ['bnx2: eth0 NIC Copper Link is Down', { id: 'link', interface: 'eth0', detail: 'down' }],
  [
    'tg3 0000:02:00.0 eth0: Link is up at 100 Mbps, full duplex',
    { id: 'link', interface: 'eth0', detail: 'up', params: '{"speed":"100 Mbps"}' },
  ],
  ['r8169 0000:03:00.0 eth0: link down', { id: 'link', interface: 'eth0', detail: 'down' }],
  ['IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready', { id: 'link', interface: 'eth0', detail: 'ready' }],
  [
    'bonding: bond0: link status definitely down for interface eth1, disabling it',
    { id: 'link', interface: 'eth1', detail: 'down' },
  ],
  [
    'bond0: (slave eth1): link status definitely up, 1000 Mbps full duplex',
    { id: 'link', interface: 'eth1', detail: 'up' },
  ],
  ['NETDEV WATCHDOG: eth0: transmit timed out', { id: 'tx_timeout', interface: 'eth0' }],
  [
    'NETDEV WATCHDOG: eth0 (e1000e): transmit queue 3 timed out',
    { id: 'tx_timeout', interface: 'eth0', detail: 'e1000e', params: '{"queue":"3"}' },
  ],
  [
    'NETDEV WATCHDOG: eth0 (e1000e): transmit queue 0 timed out 5004 ms',
    { id: 'tx_timeout', interface: 'eth0', params: '{"queue":"0","ms":"5004"}' },
  ],
  [
    'e1000e 0000:00:1f.6 eth0: NETDEV WATCHDOG: CPU: 1: transmit queue 0 timed out 5004 ms',
    { id: 'tx_timeout', interface: 'eth0', params: '{"cpu":"1","queue":"0","ms":"5004"}' },
  ],
  ['e1000e 0000:00:19.0 eth0: Detected Hardware Unit Hang:', { id: 'tx_hang', interface: 'eth0', detail: 'Hardware' }],
  ['igb 0000:01:00.0: Detected Tx Unit Hang', { id: 'tx_hang', detail: 'Tx' }],
  [
    'apache2 invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0',
    { id: 'oom_invoke', detail: 'apache2' },
  ],
  [
    'Out of memory: Kill process 1234 (apache2) score 512 or sacrifice child',
    { id: 'oom_kill', detail: 'apache2', params: '{"pid":"1234"}' },
  ],
  [
    'Out of memory: Killed process 1234 (apache2) total-vm:4194304kB, anon-rss:1048576kB, file-rss:0kB',
    { id: 'oom_kill', detail: 'apache2' },
  ],
  ['Memory cgroup out of memory: Killed process 99 (php-fpm) total-vm:1kB', { id: 'oom_kill', detail: 'php-fpm' }],
  [
    'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a,task=apache2,pid=1234,uid=33',
    { id: 'oom_kill', detail: 'apache2', params: '{"constraint":"CONSTRAINT_MEMCG","pid":"1234"}' },
  ],
  ['swapper/0: page allocation failure: order:0, mode:0x20', { id: 'page_alloc', count: 0, params: '{"mode":"0x20"}' }],
  ['httpd: page allocation failure. order:1, mode:0x20', { id: 'page_alloc', count: 1, detail: 'httpd' }],
  [
    'TCP: Treason uncloaked! Peer 192.0.2.9:40213/80 shrinks window 1:2. Repaired.',
    { id: 'shrunk', params: '{"peer":"192.0.2.9:40213/80"}' },
  ],
  ['TCP: Peer 192.0.2.9:40213/80 unexpectedly shrunk window 1:2 (repaired)', { id: 'shrunk' }],
  [
    'TCP: eth0: Driver has suspect GRO implementation, TCP performance may be compromised.',
    { id: 'gro', interface: 'eth0' },
  ],
  [
    'IPv4: martian source 10.0.0.1 from 192.0.2.9, on dev eth0',
    { id: 'martian', interface: 'eth0', detail: 'source', params: '{"address":"10.0.0.1","from":"192.0.2.9"}' },
  ],
  ['martian destination 0.0.0.0 from 192.0.2.9, dev eth0', { id: 'martian', interface: 'eth0', detail: 'destination' }],
  [
    'TCP: Hash tables configured (established 524288 bind 65536)',
    { id: 'ehash', count: 524_288, params: '{"bind":"65536"}' },
  ],
  ['apache2[1234]: segfault at 10 ip 00007f sp 00007f error 4 in libphp.so', { id: 'segv', detail: 'apache2' }],
  ['traps: apache2[1234] general protection fault ip:7f sp:7f error:0', { id: 'segv', params: '{"pid":"1234"}' }],
  ['INFO: task apache2:1234 blocked for more than 120 seconds.', { id: 'hung', detail: 'apache2', count: 120 }],
  [
    'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [apache2:1234]',
    { id: 'hung', detail: 'soft lockup', count: 22, params: '{"cpu":"1"}' },
  ],
  ['rcu: INFO: rcu_sched self-detected stall on CPU', { id: 'hung', detail: 'stall' }],
  ['INFO: rcu_sched detected stalls on CPUs/tasks: { 1} (detected by 0)', { id: 'hung', detail: 'stall' }],
  ['VFS: file-max limit 65536 reached', { id: 'filemax', count: 65_536 }],
  [
    'fw: IN=eth0 OUT= MAC=52:54:00 SRC=192.0.2.9 DST=198.51.100.7 LEN=60 TOS=0x00 TTL=52 ID=1 DF PROTO=TCP SPT=40213 DPT=443 WINDOW=64240',
    {
      id: 'ipt_log',
      port: 443,
      interface: 'eth0',
      detail: 'TCP',
      params: '{"src":"192.0.2.9","dst":"198.51.100.7","spt":"40213"}',
    },
  ],
  ['UDP: bad checksum. From 192.0.2.9:53 to 198.51.100.7:4242 ulen 60', { id: 'udp_csum' }],
  ['possible DNS-rebind attack detected: intra.example.com', { id: 'dnsmasq', detail: 'intra.example.com' }],
  [
    'apache: curl_easy_perform failed: Connection timed out after 10001 milliseconds',
    { id: 'collectd', detail: 'Connection timed out after 10001 milliseconds' },
  ],
  [
    "read-function of plugin `apache' failed. Will suspend it for 20.000 seconds.",
    { id: 'collectd', detail: 'apache', count: 20 },
  ],
  ['[inputs.apache] Error in plugin: Get "http://localhost/server-status?auto": EOF', { id: 'plugin' }],
  ['connect() timed out!', { id: 'curl', detail: 'connect() timed out!' }],
  ['Connection time-out', { id: 'curl', detail: 'Connection time-out' }],
  ['Connection timed out after 5001 milliseconds', { id: 'curl', count: 5001 }],
  [
    'Operation timed out after 5000 milliseconds with 0 out of 0 bytes received',
    { id: 'curl', count: 5000, params: '{"received":"0"}' },
  ],
  [
    'Failed to connect to localhost port 80 after 2 ms: Connection refused',
    { id: 'curl', port: 80, detail: 'Connection refused' },
  ],
  ['Empty reply from server', { id: 'curl', detail: 'Empty reply from server' }],
  ['Started The Apache HTTP Server.', { id: 'service', detail: 'started' }],
  [
    'Started apache2.service - The Apache HTTP Server.',
    { id: 'service', detail: 'started', params: '{"unit":"apache2.service","service":"The Apache HTTP Server"}' },
  ],
  ['Reloading The Apache HTTP Server...', { id: 'service', detail: 'reloading' }],
  ['Stopped The Apache HTTP Server.', { id: 'service', detail: 'stopped' }],
  ['Failed to start The Apache HTTP Server.', { id: 'service', detail: 'failed to start' }],
  [
    'apache2.service: Main process exited, code=killed, status=9/KILL',
    { id: 'service_failed', detail: 'apache2.service', params: '{"code":"killed","status":"9/KILL"}' },
  ],
  ["apache2.service: Failed with result 'oom-kill'.", { id: 'service_failed', params: '{"result":"oom-kill"}' }],
  ['Unit httpd.service entered failed state.', { id: 'service_failed', detail: 'httpd.service' }],
  [
    'apache2.service: A process of this unit has been killed by the OOM killer.',
    { id: 'oom_user', params: '{"unit":"apache2.service"}' },
  ],
  ['ALERT exited abnormally with [1]', { id: 'logrotate', count: 1 }],
  ['Starting Rotate log files...', { id: 'logrotate', detail: 'Starting' }],
  ['imuxsock lost 23 messages from pid 2817 due to rate-limiting', { id: 'log_lost', count: 23 }],
  ['imuxsock[pid 2817]: begin to drop messages due to rate-limiting', { id: 'log_lost', count: null }],
  [
    'imuxsock[pid 2817]: 412 messages lost due to rate-limiting (300 allowed within 5 seconds)',
    { id: 'log_lost', count: 412, params: '{"pid":"2817"}' },
  ],
  [
    'imjournal: 99 messages lost due to rate-limiting (20000 allowed within 600 seconds)',
    { id: 'log_lost', count: 99 },
  ],
  ['Suppressed 1234 messages from apache2.service', { id: 'log_lost', count: 1234, detail: 'apache2.service' }],
  ['Missed 23 kernel messages', { id: 'log_lost', count: 23 }],
  ['last message repeated 3 times', { id: 'repeated', count: 3 }],
  ['System clock was stepped by 1.734521 seconds', { id: 'time_step', detail: '1.734521' }],
  ['0.0.0.0 c61c 0c clock_step -0.712345 s', { id: 'time_step', detail: '-0.712345' }],
  ['time reset +0.712345 s', { id: 'time_step', detail: '+0.712345' }],
  [
    'step time server 192.0.2.1 offset -3.141593 sec',
    { id: 'time_step', detail: '-3.141593', params: '{"server":"192.0.2.1"}' },
  ],
  ['Forward time jump detected!', { id: 'time_step', detail: 'Forward' }],
];

const UNKNOWN: readonly string[] = [
  'ata1: SATA link up 6.0 Gbps (SStatus 133 SControl 300)',
  'Started Session 42 of User root.',
  'EXT4-fs (sda1): mounted filesystem with ordered data mode',
  '',
];

describe('known log messages', () => {
  for (const [message, expected] of KNOWN) {
    it(message, () => {
      const event = eventOf(message);
      assert.ok(event, 'not recognised');
      const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, event[key as keyof LogEvent]]));
      assert.deepEqual(seen, expected);
    });
  }

  for (const message of UNKNOWN) it(`no event: ${message}`, () => assert.equal(eventOf(message), null));
});
