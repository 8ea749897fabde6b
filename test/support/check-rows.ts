import assert from 'node:assert/strict';
import type { Source } from '../../src/sources/source.ts';
import type { Parsed } from './parse-member.ts';

/** What must hold of every parse: no line lost, no null where the declaration allows none, ports that are ports. */
export function checkParsed(source: Source, parsed: Parsed, what: string): void {
  assert.equal(parsed.rowLines + parsed.knownLines + parsed.rejects.length, parsed.lines, `${what}: lines lost`);
  for (const reject of parsed.rejects) assert.ok(reject.reason.length > 0, `${what}: a reject without a reason`);
  for (const table of source.tables) {
    for (const column of table.columns) {
      for (const row of parsed.tables.get(table.name)!) {
        const value = row[column.name];
        if (column.nullWhen === undefined)
          assert.notEqual(value, null, `${what}: ${table.name}.${column.name} is null`);
        if (typeof value === 'number' && column.name.endsWith('port')) {
          assert.ok(value >= 0 && value <= 65_535, `${what}: ${table.name}.${column.name} is ${value}`);
        }
      }
    }
  }
}
