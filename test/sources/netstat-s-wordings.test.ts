import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { source } from '../../src/sources/netstat-s/source.ts';
import { WORDINGS } from '../../src/sources/netstat-s/wordings.ts';
import { parseMember } from '../support/parse-member.ts';

function read(...lines: readonly string[]): string {
  const { tables, rejects } = parseMember(source, 'netstat-s.txt', [new TextEncoder().encode(lines.join('\n'))]);
  const rows = tables.get('counter')!.map((row) => `${row['name']} ${row['value']}`);
  return [...rows, ...rejects.map((reject) => reject.reason)].join('; ');
}

describe('wordings of netstat -s', () => {
  it('gives each wording to one counter of its section', () => {
    for (const [section, counters] of Object.entries(WORDINGS)) {
      const wordings = Object.values(counters).flat();
      assert.equal(new Set(wordings).size, wordings.length, section);
    }
  });

  const LINES: readonly (readonly [readonly string[], string])[] = [
    [['Tcp:', '    31763 active connections openings'], 'TcpActiveOpens 31763'],
    [['Tcp:', '    10463442 segments send out'], 'TcpOutSegs 10463442'],
    [['Tcp:', '    1816 segments retransmited'], 'TcpRetransSegs 1816'],
    [['Tcp:', '    103 bad segments received.'], 'TcpInErrs 103'],
    [['Udp:', '    7 packets to unknown port received.'], 'UdpNoPorts 7'],
    [['Icmp:', '    3 input ICMP message failed.'], 'IcmpInErrors 3'],
    [['Ip:', '    2 packet reassembles failed'], 'IpReasmFails 2'],
    [['TcpExt:', '    5 SYNs to LISTEN sockets ignored'], 'TcpExtListenDrops 5'],
    [['TcpExt:', '    4602 other TCP timeouts'], 'TcpExtTCPTimeouts 4602'],
    [['TcpExt:', '    TCPTimeouts: 4602'], 'TcpExtTCPTimeouts 4602'],
    [['TcpExt:', '    Quick ack mode was activated 7 times'], 'TcpExtDelayedACKLost 7'],
    [['Icmp:', '    ICMP output histogram:', '        destination unreachable: 9'], 'IcmpOutDestUnreachs 9'],
    [['IcmpMsg:', '        InType3: 2', '        OutType3: 1'], 'IcmpMsgInType3 2; IcmpMsgOutType3 1'],
    [['Ip6:', '    21 total packets received', '    Ip6InOctets: 5'], 'Ip6InReceives 21; Ip6InOctets 5'],
    [[' Tcp:', '     42 connections established'], 'TcpCurrEstab 42'],
    [['TcpExt:', '    6 flying toasters caught in mid-air'], 'TcpExtFlyingToastersCaughtInMidAir 6'],
    [['    6 segments received'], 'counter outside of a section'],
    [['Tcp:', '    99999999999999999999 segments received'], 'value is not a 64-bit number'],
    [['Tcp:', '    many segments received'], 'no number in the line'],
  ];
  for (const [lines, expected] of LINES) {
    it(lines.join(' ').trim(), () => assert.equal(read(...lines), expected));
  }
});
