import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { MemberMatcher } from '../../src/ingest/member-matcher.ts';
import { sourceCases } from '../support/source-cases.ts';

const sources = await loadSources();
/** The source whose opening stands for others too: they are told apart by the member's name alone. */
const OPENED_AS: Readonly<Record<string, string>> = {
  ss: 'ss',
  'ss-listen': 'ss',
  'ss-process': 'ss',
  'netstat-sockets': 'netstat-sockets',
  'netstat-listen': 'netstat-sockets',
  'proc-net-tcp': 'proc-net-tcp',
};
/** Neither a header nor a state: only the name says what these are. */
const SHAPELESS: ReadonlySet<string> = new Set(['ss/state-filter-no-header']);

describe('members with sockets', () => {
  const matcher = new MemberMatcher(sources);
  const MEMBERS: readonly (readonly [string, string | undefined])[] = [
    ['ss-tanoemi.txt', 'ss'],
    ['ss_-tuanp.txt', 'ss'],
    ['ss-uan.txt', 'ss'],
    ['sos_commands/networking/ss_-peaonmi', 'ss'],
    ['ss-tanpe.txt', 'ss-process'],
    ['ss-ltn.txt', 'ss-listen'],
    ['ss-tulpn.txt', 'ss-listen'],
    ['ss-s.txt', 'ss-summary'],
    ['netstat-tan.txt', 'netstat-sockets'],
    ['netstat_-antp.txt', 'netstat-sockets'],
    ['netstat-tanoeW.txt', 'netstat-sockets'],
    ['sosreport/sos_commands/networking/netstat_-W_-neopa', 'netstat-sockets'],
    ['2012_01_09_20_13_20-netstat', 'netstat-sockets'],
    ['netstat-tulpen.txt', 'netstat-listen'],
    ['netstat-s.txt', 'netstat-s'],
    ['netstat-i.txt', 'interface-netstat'],
    ['proc-net-tcp6.txt', 'proc-net-tcp'],
    ['sosreport/proc/net/udp', 'proc-net-tcp'],
    ['proc-net-netstat.txt', 'proc-net-counters'],
  ];
  for (const [member, id] of MEMBERS) {
    it(`${member} is read as ${id}`, () => assert.equal(matcher.match(member)?.id, id));
  }
});

describe('openings of sockets', () => {
  const openings = sources.filter(({ id }) => Object.values(OPENED_AS).includes(id));
  for (const { source, name, members } of sourceCases()) {
    const opened = new Set(
      members.flatMap(({ bytes }) => {
        const lines = new TextDecoder().decode(bytes).split('\n');
        return openings.filter(({ opening }) => lines.some((line) => opening!.test(line))).map(({ id }) => id);
      }),
    );
    const own = SHAPELESS.has(`${source}/${name}`) ? undefined : OPENED_AS[source];
    it(`${source}/${name} is opened by ${own}`, () => assert.deepEqual([...opened], own === undefined ? [] : [own]));
  }
});
