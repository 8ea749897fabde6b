import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Batch, openBatch } from '../../src/base/batch.ts';
import { MAX_TEXT_BYTES } from '../../src/base/cut-text.ts';
import type { Table } from '../../src/base/table.ts';
import { BATCH_ROWS, BATCH_TEXT_BYTES, TableBuilder } from '../../src/base/table-builder.ts';

const TABLE: Table = {
  name: 'line',
  comment: 'Lines.',
  columns: [
    { name: 'no', type: 'INTEGER', comment: 'x' },
    { name: 'text', type: 'VARCHAR', comment: 'x' },
  ],
};

function build(rows: number, textOf: (row: number) => Uint8Array): readonly Batch[] {
  const batches: Batch[] = [];
  const builder = new TableBuilder(TABLE, (_, batch) => batches.push(openBatch(batch)));
  for (let row = 0; row < rows; row++) {
    const text = textOf(row);
    builder.number('no').set(row);
    builder.text('text').setBytes(text, 0, text.length);
    builder.next();
  }
  builder.flush();
  return batches;
}

test('a batch is full by its rows', () => {
  const batches = build(BATCH_ROWS * 2 + 5, (row) => Buffer.from(String(row % 7)));
  assert.deepEqual(
    batches.map((batch) => batch.rows),
    [BATCH_ROWS, BATCH_ROWS, 5],
  );
});

test('a batch is full by its text, however few rows that is', () => {
  const rows = 6000;
  const batches = build(rows, (row) => Buffer.from(String(row).padStart(MAX_TEXT_BYTES, 'x')));
  assert.equal(
    batches.reduce((sum, batch) => sum + batch.rows, 0),
    rows,
  );
  for (const { buffer } of batches)
    assert.ok(buffer.byteLength <= BATCH_TEXT_BYTES + 2 ** 20, `${buffer.byteLength} bytes`);
  const first = batches.map((batch) => batch.columns[0]?.values[0]);
  assert.deepEqual(
    first,
    batches.map((_, i) => batches.slice(0, i).reduce((sum, batch) => sum + batch.rows, 0)),
  );
});

test('a text that is too long is cut between characters, and says by how much', () => {
  const text = Buffer.from(`${'x'.repeat(MAX_TEXT_BYTES - 1)}äöü`);
  const [batch] = build(1, () => text);
  const texts = batch?.columns[1]?.texts;
  assert.equal(
    Buffer.from(texts!.bytes.subarray(0, texts!.offsets[1])).toString(),
    `${'x'.repeat(MAX_TEXT_BYTES - 1)} [… 6 bytes cut]`,
  );
});

test('the same text again and again does not fill a batch', () => {
  const text = new Uint8Array(2 ** 20);
  assert.equal(build(1000, () => text).length, 1);
});

test('texts that hardly repeat, and then do, arrive as they were set', () => {
  const textOf = (row: number): string => `text ${row % 16_384 < 9000 ? row : row % 5}`;
  const rows = BATCH_ROWS + 7000;
  const decoder = new TextDecoder();
  const read = build(rows, (row) => Buffer.from(textOf(row))).flatMap(({ rows: count, columns }) => {
    const { values, texts } = columns[1]!;
    return Array.from({ length: count }, (_, row) =>
      decoder.decode(texts!.bytes.subarray(texts!.offsets[values[row]!], texts!.offsets[values[row]! + 1])),
    );
  });
  assert.deepEqual(
    read,
    Array.from({ length: rows }, (_, row) => textOf(row)),
  );
});

test('texts of rows given up do not add up', () => {
  const batches: Batch[] = [];
  const builder = new TableBuilder(TABLE, (_, batch) => batches.push(openBatch(batch)));
  for (let i = 0; i < 600_000; i++) {
    builder.text('text').setText(String(i));
    builder.abandon();
  }
  builder.text('text').setText('kept');
  builder.next();
  builder.flush();
  assert.equal(batches.length, 1);
  assert.ok(batches[0]!.columns[1]!.texts!.size < 300_000, `${batches[0]!.columns[1]!.texts!.size} texts`);
});
