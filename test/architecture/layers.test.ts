import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { projectFiles, readProjectFile } from '../tools/project-files.ts';
import { importsOf } from './imports.ts';
import { LAYERS } from './layers.ts';

const files = projectFiles('src').filter((path) => path.endsWith('.ts'));

describe('the arrows between the folders of src', () => {
  it('finds files and every kind of import', () => {
    assert.ok(files.length > 0);
    const text = [
      "import { a } from '../base/a.ts';",
      "import type { B } from '../store/b.ts';",
      "import { type C, type D } from '../store/c.ts';",
      "import { type E, f } from '../store/e.ts';",
      "import {\n  g,\n  h,\n} from '@duckdb/node-api';",
      "export * from './i.ts';",
      "import 'node:fs';",
      "const j = await import('../cli/j.ts');",
      "const k = new Worker(new URL('./worker.js', import.meta.url));",
    ].join('\n');
    assert.deepEqual(
      importsOf('report/x.ts', text).map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target)),
      [
        'base/a',
        'type store/b',
        'type store/c',
        'store/e',
        '@duckdb/node-api',
        'report/i',
        'node:fs',
        'cli/j',
        'report/worker',
      ],
    );
  });

  it('knows every folder', () => {
    const folders = new Set(files.map((path) => path.split('/')[1]!));
    for (const folder of folders) assert.ok(LAYERS[folder], `src/${folder} is not in test/architecture/layers.ts`);
  });

  for (const [folder, layer] of Object.entries(LAYERS)) {
    it(`${folder} imports ${[...layer.from, ...layer.packages].join(', ') || 'nothing'}`, () => {
      for (const path of files.filter((file) => file.startsWith(`src/${folder}/`))) {
        for (const { target, ours, typeOnly } of importsOf(path.slice('src/'.length), readProjectFile(path))) {
          const allowed = ours
            ? [folder, ...layer.from, ...(typeOnly ? (layer.typesFrom ?? []) : [])]
            : [...layer.packages, ...(typeOnly ? (layer.typesOf ?? []) : [])];
          assert.ok(
            allowed.some((name) => isWithin(target, name)),
            `${path} must not import ${typeOnly ? 'types of ' : ''}${target}`,
          );
        }
      }
    });
  }
});

function isWithin(target: string, name: string): boolean {
  return target === name || target.startsWith(/[:/]$/.test(name) ? name : `${name}/`);
}
