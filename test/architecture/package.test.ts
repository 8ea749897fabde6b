import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { projectRoot } from '../support/project.ts';
import { projectFiles } from '../tools/project-files.ts';

describe('the package as it is published', () => {
  let folder: string;
  let tarball: string;
  let unpacked: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lastack-package-'));
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [packed] = JSON.parse(execFileSync('npm', args, { cwd: projectRoot, encoding: 'utf8' }));
    tarball = join(folder, packed.filename);
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    unpacked = join(folder, 'node_modules/lastack');
    mkdirSync(join(folder, 'node_modules'));
    execFileSync('mv', [join(folder, 'package'), unpacked]);
    symlinkSync(join(projectRoot, 'node_modules'), join(unpacked, 'node_modules'));
  });

  after(() => rmSync(folder, { recursive: true }));

  it('pleases publint', async () => {
    const bytes = readFileSync(tarball);
    const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true });
    const texts = messages.map((message) => formatMessage(message, pkg, { color: false }));
    assert.deepEqual(texts, []);
  });

  it('holds every query, page part and the collector', () => {
    const needed = projectFiles().filter((path) => /^(queries|reports)\/|^src\/collector\//.test(path));
    assert.ok(needed.length > 0);
    for (const path of needed) {
      assert.deepEqual(readFileSync(join(unpacked, path)), readFileSync(join(projectRoot, path)), path);
    }
  });

  it('runs from its own folder and makes a report', () => {
    const main = join(unpacked, 'dist/src/cli/main.js');
    const help = spawnSync(process.execPath, [main, '--help'], { cwd: folder, encoding: 'utf8' });
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /^Usage: lastack /);
    const sample = join(projectRoot, 'samples/quiet');
    const args = [main, 'report', sample, '--format', 'json', '-o', '-', '--quiet'];
    const report = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 27 });
    assert.equal(report.status, 0, report.stderr);
    assert.equal(JSON.parse(report.stdout).kind, 'postmortem');
  });

  it('gives the types of its documents to a TypeScript module', () => {
    const text =
      "import type { Postmortem } from 'lastack';\nexport const sentence = (it: Postmortem): string => it.verdict.sentence;\n";
    writeFileSync(join(folder, 'user.mts'), text);
    const tsc = join(projectRoot, 'node_modules/.bin/tsc');
    const args = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'user.mts'];
    const done = spawnSync(tsc, args, { cwd: folder, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stdout);
  });
});
