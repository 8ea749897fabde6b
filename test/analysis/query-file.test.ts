import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { builtInQueries, loadLibrary } from '../../src/analysis/library.ts';
import { parseQueryFile } from '../../src/analysis/query-file.ts';
import { CliError } from '../../src/base/errors.ts';
import { tempFolder } from '../support/archives.ts';

const HEADER = [
  '-- id: example',
  '-- title: An example',
  '-- question: Is it one?',
  '-- why: To show the header.',
  '-- needs: counter',
  '-- params:',
  '--   rate DOUBLE 1.5 /s the smallest rate',
  '-- columns: finding',
  '--   extra VARCHAR one column more',
  '-- severity: warning',
  '-- role: symptom',
  '-- caveats:',
  '--   The first.',
  '--   The second.',
  '-- refs: none',
];
const SQL = 'select $rate as x';

const parse = (header: readonly string[], sql = SQL): ReturnType<typeof parseQueryFile> =>
  parseQueryFile('findings', 'dir/example.sql', `${header.join('\n')}\n${sql};\n`);
const without = (key: string): string[] => HEADER.filter((line) => !line.startsWith(`-- ${key}:`));

describe('query files', () => {
  it('reads every key', () => {
    const file = parse(HEADER);
    assert.equal(file.sql, SQL);
    assert.deepEqual(file.params, [
      { name: 'rate', type: 'DOUBLE', value: 1.5, unit: '/s', meaning: 'the smallest rate' },
    ]);
    assert.deepEqual(file.caveats, ['The first.', 'The second.']);
    assert.deepEqual(file.refs, []);
    assert.equal(file.columns.at(-1)?.name, 'extra');
    assert.deepEqual([file.severity, file.role, file.needs, file.evidence], ['warning', 'symptom', ['counter'], null]);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp, string?])[] = [
    [
      'an unknown key, naming the nearest',
      [...HEADER, '-- caveat: no'],
      /unknown header key "caveat"; did you mean "caveats"\?/,
    ],
    ['a missing key', without('severity'), /header key "severity" is missing/],
    ['a key given twice', [...HEADER, '-- why: again'], /"why" is given twice/],
    [
      'an id that is not the file name',
      ['-- id: other', ...without('id')],
      /id "other" differs from the file name "example"/,
    ],
    [
      'a severity that is none',
      [...without('severity'), '-- severity: grave'],
      /severity "grave" must be one of critical, warning, info/,
    ],
    ['a question without its mark', [...without('question'), '-- question: Why not'], /question must end in "\?"/],
    ['a line that is no header', [...HEADER, '--no blank'], /expected "-- key: value" or an indented continuation/],
    [
      'a parameter nobody declared',
      HEADER,
      /uses \$rates, which "params" does not declare; did you mean \$rate\?/,
      'select $rates',
    ],
    ['a parameter nobody uses', HEADER, /parameter "rate" is declared and not used/, 'select 1'],
    ['a default of the wrong type', HEADER.map((line) => line.replace('1.5', 'much')), /"much" is no DOUBLE/],
    ['no statement', HEADER, /a header without a statement/, ''],
  ];
  for (const [name, header, message, sql] of wrong) {
    it(`refuses ${name}`, () => assert.throws(() => parse(header, sql), message));
  }

  it('takes a $ inside a text for text', () => {
    assert.equal(parse(HEADER, "select $rate, 'costs $many'").params.length, 1);
  });
});

describe('query library', () => {
  it('adds the queries of a folder, and replaces ours of the same id', async (t) => {
    const folder = await tempFolder(t);
    await mkdir(join(folder, 'findings'));
    await writeFile(join(folder, 'example.sql'), `${HEADER.join('\n')}\n${SQL}\n`);
    await writeFile(
      join(folder, 'findings', 'syn-flood.sql'),
      `${HEADER.join('\n').replace('id: example', 'id: syn-flood')}\n${SQL}\n`,
    );
    const ours = await loadLibrary();
    const theirs = await loadLibrary([folder]);
    assert.equal(theirs.findings.length, ours.findings.length + 1);
    assert.equal(theirs.findings.find((file) => file.id === 'syn-flood')?.title, 'An example');
  });

  it('says in one line what is wrong with a folder', async (t) => {
    const folder = await tempFolder(t);
    await assert.rejects(
      loadLibrary([join(folder, 'nowhere')]),
      (error) => error instanceof CliError && /no such folder/.test(error.message),
    );
    await assert.rejects(
      loadLibrary([folder]),
      (error) => error instanceof CliError && /no \.sql file/.test(error.message),
    );
    await writeFile(join(folder, 'example.sql'), 'select 1');
    await assert.rejects(
      loadLibrary([folder]),
      (error) => error instanceof CliError && error.exitCode === 2 && /header key "id" is missing/.test(error.message),
    );
  });

  it('finds its own folder from the compiled module', () => assert.match(builtInQueries(), /queries$/));
});
