import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { projectFiles, readProjectFile } from '../tools/project-files.ts';

interface Rule {
  readonly name: string;
  readonly files: (path: string) => boolean;
  readonly forbidden: RegExp;
  /** A line the rule must catch, so that a rule which catches nothing is noticed. */
  readonly caught: string;
}

const captured = (await loadSources()).flatMap((source) => source.tables.map((table) => table.name));
const typescript = (path: string): boolean => path.startsWith('src/') && path.endsWith('.ts');
const pure = (path: string): boolean => typescript(path) && /^src\/(sources|base)\//.test(path);

const RULES: readonly Rule[] = [
  {
    name: 'the project stands alone: nothing points to folders beside it',
    files: (path) => path !== 'test/architecture/house-rules.test.ts',
    forbidden: /\.\.\/shared\b|(?<![\w.-])\/work\/(main|shared)\b|\/tmp\/(brief|out-)/,
    caught: 'see ../shared/DESIGN.md',
  },
  {
    name: 'the lockfile names no download address',
    files: (path) => path === 'package-lock.json' || path === '.npmrc',
    forbidden: /"resolved"|registry\s*=/,
    caught: '"resolved": "https://example.org/x.tgz"',
  },
  {
    name: 'no dependency compiles or downloads when it is installed',
    files: (path) => path === 'package-lock.json',
    forbidden: /"hasInstallScript": true/,
    caught: '"hasInstallScript": true',
  },
  {
    name: 'base and sources read no clock, process or file',
    files: pure,
    forbidden:
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bprocess\.(env|argv|std|cwd|exit|hrtime|memory|platform|on\b)|\bMath\.random\(/,
    caught: 'const at = Date.now();',
  },
  {
    name: 'no module keeps mutable state; a thread’s entry is not imported by anybody',
    files: (path) => typescript(path) && path !== 'src/ingest/worker.ts',
    forbidden: /^(export )?let\s/m,
    caught: 'let counter = 0;',
  },
  {
    name: 'questions about evidence live in queries/: no SQL string elsewhere reads a captured table',
    files: (path) => typescript(path) && !/^src\/(store|cli)\//.test(path),
    forbidden: new RegExp(`[\`'"]\\s*(with|select)\\s[^;]{1,400}?\\s(from|join)\\s+"?(${captured.join('|')})\\b`),
    caught: 'const sql = `select state from socket`;',
  },
  {
    name: 'nothing is left for later, and no check is switched off for a file',
    files: (path) => /\.(ts|mjs|sql)$/.test(path) && path !== 'test/architecture/house-rules.test.ts',
    forbidden:
      /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck|expect-error)|(oxlint|eslint)-disable(?!-next-line )|biome-ignore-all/,
    caught: '// TODO: later',
  },
  {
    name: 'folders have no barrels',
    files: (path) => typescript(path) && path.endsWith('/index.ts'),
    forbidden: /[\s\S]/,
    caught: 'x',
  },
];

const files = projectFiles();

describe('house rules', () => {
  for (const rule of RULES) {
    it(rule.name, () => {
      assert.match(rule.caught, rule.forbidden);
      for (const path of files.filter(rule.files)) {
        const found = rule.forbidden.exec(readProjectFile(path));
        assert.equal(found?.[0], undefined, path);
      }
    });
  }

  it('names files in kebab-case', () => {
    const named = files.filter((path) => /^(src|test)\/.*\.ts$/.test(path));
    assert.deepEqual(
      named.filter((path) => !/^[a-z0-9-]+(\.test|\.d)?\.ts$/.test(path.split('/').at(-1)!)),
      [],
    );
  });
});
