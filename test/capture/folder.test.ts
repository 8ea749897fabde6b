import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_LIMITS } from '../../src/capture/limits.ts';
import { manifestText, tempFolder } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';

test('of an unpacked capture links, pipes and what is too much are left out and named', async (t) => {
  const folder = join(await tempFolder(t), 'x');
  await mkdir(join(folder, 'logs'), { recursive: true });
  await writeFile(join(folder, 'manifest.tsv'), manifestText(['load proc-loadavg.txt collected']));
  await writeFile(join(folder, 'proc-loadavg.txt'), '0.00 0.01 0.05 1/123 4567\n');
  await symlink('/etc/passwd', join(folder, 'sysctl.txt'));
  await symlink('..', join(folder, 'logs', 'round'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'ps.txt')]);
  const found = await importedCase(t, [folder]);
  assert.deepEqual(found.result.notes.map(({ note }) => note).sort(), [
    'entry "logs/round" not read: a symbolic link',
    'entry "ps.txt" not read: a named pipe',
    'entry "sysctl.txt" not read: a symbolic link',
  ]);
  assert.equal(found.result.rows, 1);
  const limits = { ...DEFAULT_LIMITS, totalBytes: 500 };
  await writeFile(join(folder, 'sysctl-a.txt'), 'net.a = 1\n'.repeat(100));
  const small = await importedCase(t, [folder], { limits });
  assert.match(
    small.result.notes.map(({ note }) => note).join('\n'),
    /^refused: more than 500 bytes after decompression; what came before is used$/m,
  );
});
