import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { projectRoot } from '../support/project.ts';
import { readProjectFile } from '../tools/project-files.ts';

const page = readProjectFile('docs/collector.md');

describe('docs/collector.md', () => {
  it('shows the usage the collector prints', () => {
    const usage = execFileSync('sh', [join(projectRoot, 'src/collector/lastack-collect'), '--help'], {
      encoding: 'utf8',
    });
    assert.ok(page.includes(usage.slice(0, usage.indexOf('\nRun it as root'))), usage);
  });

  it('names every probe and key of a recorded manifest', () => {
    const folder = join(projectRoot, 'samples/quiet');
    const first = readdirSync(folder).find((name) => name.endsWith('.tar.gz'));
    const archive = join(folder, first!);
    const manifest = execFileSync('tar', ['-xzOf', archive, '--wildcards', '*/manifest.tsv'], { encoding: 'utf8' });
    const words = manifest.split('\n').map((line) => line.replace(/^# /, '').split('\t')[0]!);
    assert.ok(words.length > 20);
    for (const word of words) assert.ok(page.includes(word === '' ? '' : `\`${word}\``), `${word} is not in the page`);
  });
});
