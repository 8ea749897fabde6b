import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { parseMember, type Row } from '../support/parse-member.ts';
import { sourceCases } from '../support/source-cases.ts';

/** Cases taken of the same sockets one after the other, by several releases of a tool. */
const GROUPS = [
  { tool: 'ss', prefix: 'iproute2-', member: 'ss-tanpoemi.txt' },
  { tool: 'netstat-sockets', prefix: 'net-tools-', member: 'netstat-tanpoe.txt' },
] as const;
const COMPARED = ['netid', 'state', 'recv_q', 'send_q', 'process', 'pid', 'timer', 'retrans', 'uid', 'inode', 'cwnd'];
/** Before 4.14 `*` was any IPv4 address, and `::` both families. */
const ANY: ReadonlySet<unknown> = new Set(['*', '0.0.0.0', '::']);

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

for (const { tool, prefix, member } of GROUPS) {
  describe(`releases of ${tool}`, () => {
    const cases = sourceCases().filter(({ source, name }) => source === tool && name.startsWith(prefix));
    const [first, ...others] = cases.map(({ name, members }) => {
      const { bytes } = members.find((candidate) => candidate.name === member)!;
      const { tables, rejects } = parseMember(sources.get(tool)!, member, [bytes]);
      assert.deepEqual(rejects, [], name);
      return { name, rows: tables.get('socket')!.map(describeRow).toSorted() };
    });
    for (const { name, rows } of others) {
      it(`${name} says the same as ${first!.name}`, () => assert.deepEqual(rows, first!.rows));
    }
  });
}

function describeRow(row: Row): string {
  const any = (column: string): string => (ANY.has(row[column]) ? 'any' : String(row[column]));
  const ends = `${any('local_addr')} ${row['local_port']} ${any('peer_addr')} ${row['peer_port']}`;
  return `${ends} ${COMPARED.map((column) => `${column}=${row[column]}`).join(' ')}`;
}
