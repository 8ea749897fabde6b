import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Compares a text with its golden file. Returns what is wrong, or null. A difference is left beside the golden as
 * `*.actual`; `UPDATE_GOLDEN=1` accepts it instead, except with `CI=true`, which never writes a golden.
 */
export function compareGolden(path: string, actual: string): string | null {
  const beside = `${path}.actual`;
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (expected === actual) {
    rmSync(beside, { force: true });
    return null;
  }
  mkdirSync(dirname(path), { recursive: true });
  if (process.env['UPDATE_GOLDEN'] === '1' && process.env['CI'] !== 'true') {
    writeFileSync(path, actual);
    rmSync(beside, { force: true });
    return null;
  }
  if (process.env['CI'] !== 'true') writeFileSync(beside, actual);
  return expected === null ? `${path} is missing` : `${path} differs${firstDifference(expected, actual)}`;
}

function firstDifference(expected: string, actual: string): string {
  const wanted = expected.split('\n');
  const got = actual.split('\n');
  const at = wanted.findIndex((line, index) => line !== got[index]);
  const line = at < 0 ? wanted.length : at;
  return ` from line ${line + 1} on\n  expected: ${wanted[line] ?? '(end)'}\n  actual:   ${got[line] ?? '(end)'}`;
}
