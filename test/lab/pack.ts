import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Unpacks the samples side by side and packs them into one archive; no byte of a member changes. */
const SCRIPT = `cd "$1"/captures
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for archive in *.tar.gz; do tar -xzf "$archive" -C "$folder"; done
tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner -cf - . | xz -6e >"$2"`;

/** Packs a recording as a test case: `<name>.tar.xz` and `<name>.json`, what is true of it. */
export function pack(recording: string, name: string, into: string): void {
  mkdirSync(into, { recursive: true });
  const { status, stderr } = spawnSync('sh', ['-euc', SCRIPT, 'sh', recording, join(into, `${name}.tar.xz`)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${recording} could not be packed: ${stderr}`);
  copyFileSync(join(recording, 'truth.json'), join(into, `${name}.json`));
}
