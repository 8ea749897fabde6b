// npm run pictures: the pictures of the README, from the samples. Needs Chromium.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PICTURES = [
  { picture: 'report.png', height: 1500, words: ['report', 'samples/worker-exhaustion'] },
  {
    picture: 'comparison.png',
    height: 1500,
    words: ['compare', 'samples/listen-overflow', 'samples/listen-overflow-tuned'],
  },
];

const executablePath = CHROMIUM.find((path) => existsSync(path));
if (executablePath === undefined) throw new Error(`no Chromium: none of ${CHROMIUM.join(', ')}`);
process.chdir(ROOT);
const folder = mkdtempSync(join(tmpdir(), 'lastack-pictures-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const { picture, height, words } of PICTURES) {
    const file = join(folder, 'page.html');
    const args = ['dist/src/cli/main.js', '--quiet', ...words, '-o', file];
    const made = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    const page = await browser.newPage({ viewport: { width: 1360, height } });
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: join('docs', picture) });
    console.log(`docs/${picture}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
