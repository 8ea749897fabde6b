import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REPORTS = new URL('../../../reports/', import.meta.url);

/** Text of a file below `reports/`. */
export function readAsset(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, REPORTS)), 'utf8');
}
