// Every recorded output of every tool, redacted: it is read to the same rows, but for the names and addresses in them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { type Parsed, parseMember, type Row, type Value } from '../support/parse-member.ts';
import { sourceCases } from '../support/source-cases.ts';
import { redactTexts } from './redact-text.ts';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

/** Columns whose text may change; whether there is one must not. */
const REPLACED = new Set(
  (
    'client path peer user_name query referer user_agent forwarded_for extra value aliases server_name vhost request src dst ' +
    'reply_src reply_dst backend message remote event_params other local_addr peer_addr host log_host'
  ).split(' '),
);
/** A hash of the line. */
const HASHED = 'line_key';

function masked(row: Row): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => column !== HASHED)
      .map(([column, value]) => [column, REPLACED.has(column) && value !== null ? 'text' : value]),
  );
}

function shape({ lines, rowLines, knownLines, rejects, tables }: Parsed): unknown {
  return {
    lines: [lines, rowLines, knownLines],
    rejects: rejects.map(({ line_no: line, reason }) => [line, reason]),
    tables: [...tables].map(([name, rows]) => [name, rows.map(masked)]),
  };
}

describe('redacted members parse to the same rows', () => {
  for (const { source, name, members, context } of sourceCases()) {
    const parser = sources.get(source)!;
    it(`${source}/${name}`, async () => {
      const redacted = await redactTexts(new Map(members.map((member) => [member.name, member.bytes])));
      for (const member of members) {
        const plain = parseMember(parser, member.name, [member.bytes], context);
        const again = parseMember(parser, member.name, [redacted.get(member.name)!], context);
        assert.deepEqual(shape(again), shape(plain));
      }
    });
  }
});
