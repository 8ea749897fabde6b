// Members whose text is not what it should be, through the real import: what coverage says of each, and what is still read.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { manifestText, tempFolder, writeArchive } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';

const LINES = 3000;
const PLAIN = Array.from({ length: LINES }, (_, i) => `net.key${i} = ${i}\n`).join('');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

interface Read {
  /** Note of coverage. */
  readonly note: string | null;
  /** Settings that were read as they should be, and all. */
  readonly right: number;
  readonly rows: number;
  readonly rejects: readonly string[];
}

/** Imports a capture with this one member, and looks that each of its lines is accounted for. */
async function read(t: TestContext, body: string | Uint8Array): Promise<Read> {
  const folder = await tempFolder(t);
  const path = await writeArchive(join(folder, 'a.tar.gz'), [
    { name: 'x/manifest.tsv', body: manifestText(['sysctl sysctl.txt collected']) },
    { name: 'x/sysctl.txt', body },
  ]);
  const found = await importedCase(t, [path]);
  assert.deepEqual(found.result.notes, []);
  const [row] = await found.query(
    `select note, lines::integer as lines, (row_lines + known + rejects)::integer as told, rows::integer as rows,
       (select count(*) from sysctl where key = 'net.key' || value)::integer as right
     from coverage where source = 'sysctl'`,
  );
  assert.equal(row!['told'], row!['lines'], 'every line is accounted for');
  const rejects = await found.query('select line_no || $$ $$ || reason as text from reject order by line_no');
  return {
    note: row!['note'] as string | null,
    right: row!['right'] as number,
    rows: row!['rows'] as number,
    rejects: rejects.map(({ text }) => text as string),
  };
}

test('a text in another encoding is read as if it were plain, and coverage names the encoding', async (t) => {
  const swapped = utf16(`\ufeff${PLAIN}`).swap16();
  const coloured = PLAIN.replaceAll(/(key\d+)/g, '\u001b[01;31m\u001b[K$1\u001b[m\u001b[K');
  const cases: readonly [string, string | Uint8Array, string | null][] = [
    ['plain', PLAIN, null],
    ['CRLF', PLAIN.replaceAll('\n', '\r\n'), null],
    ['without a last line feed', PLAIN.trimEnd(), null],
    ['UTF-8 with its mark', `\ufeff${PLAIN}`, 'UTF-8 byte order mark left out'],
    ['UTF-16, as Windows writes it', utf16(`\ufeff${PLAIN.replaceAll('\n', '\r\n')}`), 'UTF-16LE text, read as UTF-8'],
    ['UTF-16 of the other order', swapped, 'UTF-16BE text, read as UTF-8'],
    ['UTF-16 without a mark', utf16(PLAIN), 'UTF-16LE text, read as UTF-8'],
    ['CR alone', PLAIN.replaceAll('\n', '\r'), 'lines end with CR alone'],
    ['colours', coloured, 'terminal colours left out'],
    [
      'all at once',
      utf16(`\ufeff${coloured.replaceAll('\n', '\r')}`),
      'UTF-16LE text, read as UTF-8; lines end with CR alone; terminal colours left out',
    ],
  ];
  for (const [what, body, note] of cases)
    assert.deepEqual(await read(t, body), { note, right: LINES, rows: LINES, rejects: [] }, what);
});

test('a line of 100 MB is one reject, and the lines about it are read', async (t) => {
  const found = await read(t, `net.key1 = 1\n${'x'.repeat(100_000_000)}\nnet.key2 = 2\n`);
  assert.deepEqual(found, { note: null, right: 2, rows: 2, rejects: ['2 line too long'] });
});

test('NUL bytes, bytes that are no UTF-8 and lone CRs spoil their own line at most', async (t) => {
  const bad = Buffer.from(
    'net.key1 = 1\nnet.\xff\xfe\x80 = 7\nnet.key2 = 2\n\0\0\0\0\0\0\nnet.key3 = \0\nnet.key4 = 4\n',
    'latin1',
  );
  const found = await read(t, bad);
  assert.deepEqual([found.note, found.right], [null, 3]);
  const zeros = await read(
    t,
    Buffer.concat([Buffer.from('net.key1 = 1\n'), Buffer.alloc(5_000_000), Buffer.from(`\n${PLAIN}`)]),
  );
  assert.deepEqual([zeros.right, zeros.rejects], [LINES + 1, ['2 line too long']]);
});
