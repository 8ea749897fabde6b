import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sources } from '../../src/sources/netstat-s/source.ts';
import { WORDINGS } from '../../src/sources/netstat-s/wordings.ts';
import { parseMember } from '../support/parse-member.ts';

function read(...lines: readonly string[]): string {
  const { tables, rejects } = parseMember(sources[0]!, 'netstat-s.txt', [new TextEncoder().encode(lines.join('\n'))]);
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
    [['    6 flying toasters caught in mid-air'], 'counter outside of a section'],
    [['    6 packets received'], 'counter outside of a section'],
    [['41 times the listen queue of a socket overflowed'], 'TcpExtListenOverflows 41'],
    [['    TCPReqQFullDrop: 7'], 'TcpExtTCPReqQFullDrop 7'],
    [['Tcp:', '    99999999999999999999 segments received'], 'value is not a 64-bit number'],
    [['Tcp:', '    18446744073709551604 connections established'], 'TcpCurrEstab -12'],
    [['IpExt:', '    InOctets: -1073741824'], 'IpExtInOctets 3221225472'],
    [['IpExt:', '\tInOctets: -5000000000'], 'IpExtInOctets -5000000000'],
    [['Ip:', '    Forwarding: 2'], 'IpForwarding 2'],
    [['Ip:', '    Forwarding is enabled', '    Default TTL is 64'], 'IpForwarding 2; IpDefaultTTL 64'],
    [['Ip:', '    Forwarding is disabled'], 'IpForwarding 1'],
    [['Tcp:', '    RTO algorithm is 1'], ''],
    [['Ip6:', '    3 forwarded', '    4 with packets too big'], 'Ip6OutForwDatagrams 3; Ip6InTooBigErrors 4'],
    [
      [
        'Icmp6:',
        '    1 ICMP messages received',
        '    ICMP input histogram:',
        '        echo replies: 2',
        '        neighbour solicits: 3',
        '        Icmp6InMLDv2Reports: 4',
        '    5 ICMP messages sent',
        '    ICMP output histogram:',
        '        echo replies: 6',
        '        neighbor solicits: 7',
      ],
      'Icmp6InMsgs 1; Icmp6InEchoReplies 2; Icmp6InNeighborSolicits 3; Icmp6InMLDv2Reports 4; ' +
        'Icmp6OutMsgs 5; Icmp6OutEchoReplies 6; Icmp6OutNeighborSolicits 7',
    ],
    [['Sctp:', '    4 Number of Aborteds ', '    SctpT1InitExpireds: 5'], 'SctpAborteds 4; SctpT1InitExpireds 5'],
    [['UdpLite:', '    4 packets received', '    InCsumErrors: 2'], 'UdpLiteInDatagrams 4; UdpLiteInCsumErrors 2'],
    [['Udp:', '    4 packets with invalid checksum'], 'UdpInCsumErrors 4'],
    [['MPTcpExt:', '    MPCapableFallbackACK: 4'], 'MPTcpExtMPCapableFallbackACK 4'],
    [['TcpExt:', '    19 packets directly received from backlog'], 'TcpExtTCPDirectCopyFromBacklog 19'],
    [['TcpExt:', '    1489 packets directly queued to recvmsg prequeue.'], 'TcpExtTCPPrequeued 1489'],
    [['TcpExt:', '    Ran 2 times out of system memory during packet sending'], 'TcpExtSockMallocOOM 2'],
    [['Tcp:', '    many segments received'], 'no number in the line'],
  ];
  for (const [lines, expected] of LINES) {
    it(lines.join(' ').trim(), () => assert.equal(read(...lines), expected));
  }
});
