import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readProjectFile } from '../tools/project-files.ts';

it('docs/dependencies.md has one line for each dependency of package.json, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(readProjectFile('package.json'));
  const listed = [...readProjectFile('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
  assert.deepEqual(listed.toSorted(), Object.keys({ ...dependencies, ...devDependencies }).toSorted());
});
