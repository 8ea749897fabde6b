import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { checkParsed } from '../support/check-rows.ts';
import { toCsv } from '../support/csv.ts';
import { compareGolden } from '../support/golden.ts';
import { type Parsed, parseMember } from '../support/parse-member.ts';
import { files, type SourceCase, sourceCases } from '../support/source-cases.ts';

const REJECT_COLUMNS = ['member', 'line_no', 'reason', 'excerpt'];
const sources = new Map((await loadSources()).map((source) => [source.id, source]));
const cases = sourceCases();

describe('golden cases of sources', () => {
  for (const golden of cases) {
    it(`${golden.source}/${golden.name}`, () => {
      const source = sources.get(golden.source);
      assert.ok(source, `test/sources/${golden.source} is not named after a source`);
      assert.ok(golden.members.length > 0, 'a case needs files under input/');
      const expected = render(source, golden);
      const problems = [...expected].map(([file, text]) => compareGolden(join(golden.folder, 'expected', file), text));
      assert.deepEqual(
        problems.filter((problem) => problem !== null),
        [],
      );
    });

    it(`${golden.source}/${golden.name} has no golden without a table`, () => {
      const tables = sources.get(golden.source)!.tables.map((table) => `${table.name}.csv`);
      const known = new Set([
        ...tables,
        'rejects.csv',
        ...tables.map((file) => `${file}.actual`),
        'rejects.csv.actual',
      ]);
      assert.deepEqual(
        files(join(golden.folder, 'expected')).filter((file) => !known.has(file)),
        [],
      );
    });
  }

  for (const id of sources.keys()) {
    it(`${id} has a case`, () => assert.ok(cases.some((golden) => golden.source === id)));
  }
});

function render(source: Source, golden: SourceCase): ReadonlyMap<string, string> {
  const parsed = golden.members.map(({ name, bytes }) => parseWhole(source, name, bytes, golden));
  const texts = source.tables.map((table): [string, string] => {
    const rows = parsed.flatMap((member) => member.tables.get(table.name)!);
    return [
      `${table.name}.csv`,
      toCsv(
        table.columns.map((column) => column.name),
        rows,
      ),
    ];
  });
  const rejects = parsed.flatMap((member) => member.rejects).map((reject) => ({ ...reject }));
  return new Map([...texts, ['rejects.csv', toCsv(REJECT_COLUMNS, rejects)]]);
}

function parseWhole(source: Source, name: string, bytes: Uint8Array, golden: SourceCase): Parsed {
  const parsed = parseMember(source, name, [bytes], golden.context);
  checkParsed(source, parsed, name);
  return parsed;
}
