import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readProjectFile } from '../tools/project-files.ts';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

it('the lockfile holds the packages of every platform, else npm ci refuses it', () => {
  const packages: Record<string, LockedPackage> = JSON.parse(readProjectFile('package-lock.json')).packages;
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const locked = packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`];
      assert.ok(locked, `${name}, wanted by ${path}, is not in package-lock.json`);
    }
  }
});
