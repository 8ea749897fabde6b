import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Running, startServer } from '../../src/server/server.ts';
import { HOSTILE } from '../report/hostile.ts';
import { projectRoot } from '../support/project.ts';
import { filesForm, makeCase, sampleFiles, settingsOf, untilRead } from './test-server.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const READ_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'lastack-pages-'));
let server: Running;
let browser: Browser | null = null;

before(async () => {
  if (CHROMIUM === undefined) return;
  server = await startServer(settingsOf(join(folder, 'data')));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  await (server as Running | undefined)?.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page of the server; whatever a browser complains about is noted in `noise`. */
async function open(
  t: TestContext,
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; noise: string[] } | null> {
  if (browser === null) {
    t.skip('needs chromium');
    return null;
  }
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(READ_MS);
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  await page.goto(server.url + path);
  return { page, noise };
}

describe('the whole way in a browser', () => {
  it('from an empty folder to a downloaded report', async (t) => {
    const opened = await open(t, '/');
    if (opened === null) return;
    const { page, noise } = opened;
    await page.getByLabel('Name').fill('Outage <b>one</b>');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { level: 1, name: 'Outage <b>one</b>' }).waitFor();
    const sample = join(projectRoot, 'samples/worker-exhaustion');
    const files = (await sampleFiles('worker-exhaustion', 20)).map(({ name }) => join(sample, name));
    const broken = join(folder, 'broken.tar.gz');
    writeFileSync(broken, 'this is no archive');
    await page.getByLabel('Files').setInputFiles([...files, broken]);
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    await page.locator('.capture-state.waiting, .capture-state.read').first().waitFor();
    await page.locator('html:not([data-uploading])').waitFor();
    await page.reload();
    await page.getByText('Everything is read').waitFor();
    assert.equal(await page.locator('.capture-state.read').count(), 20);
    assert.equal(await page.locator('.capture-state.failed').count(), 1);
    assert.match((await page.locator('tr', { hasText: 'broken.tar.gz' }).textContent()) ?? '', /no tar archive/);
    await page.getByLabel('Files').setInputFiles(files[0]!);
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    await page.getByText('the case has this file already').waitFor();
    await page.getByRole('link', { name: 'Read the postmortem' }).click();
    const report = page.frameLocator('iframe');
    await report.locator('#verdict').waitFor();
    await report.locator('html.live').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'HTML' }).click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), 'outage-b-one-b-postmortem.html');
    assert.match(readFileSync(await download.path(), 'utf8'), /<h1 id="verdict">/);
    await page.getByRole('link', { name: 'Query' }).click();
    await page.getByRole('link', { name: 'Socket states over time' }).click();
    await page.locator('figure.chart svg').waitFor();
    assert.deepEqual(
      noise.filter((line) => !/^(info|log|debug):/.test(line)),
      [],
    );
  });

  it('to a comparison of two runs', async (t) => {
    const opened = await open(t, '/');
    if (opened === null) return;
    const url = await makeCase(server, 'Compared');
    for (const [run, sample] of [
      ['before', 'listen-overflow'],
      ['after', 'listen-overflow-tuned'],
    ] as const)
      await fetch(`${url}/captures`, { method: 'POST', body: filesForm(await sampleFiles(sample, 12), run) });
    await untilRead(url);
    const { page } = opened;
    await page.goto(`${url}/comparison`);
    await page.getByRole('group', { name: 'Before' }).getByLabel('before').check();
    await page.getByRole('group', { name: 'After' }).getByLabel('after').check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.frameLocator('iframe').locator('h1').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Markdown' }).click();
    assert.match(readFileSync(await (await saved).path(), 'utf8'), /^# /);
    const same = await fetch(`${url}/comparison.md?before=before&after=before`);
    assert.match(await same.text(), /^the run "before" is on both sides/);
  });

  it('without JavaScript, for upload and reading', async (t) => {
    const opened = await open(t, '/', { javaScriptEnabled: false });
    if (opened === null) return;
    const { page } = opened;
    await page.getByLabel('Name').fill('Plain');
    await page.getByRole('button', { name: 'Create' }).click();
    const [file] = await sampleFiles('quiet', 1);
    await page.getByLabel('Files').setInputFiles(join(projectRoot, 'samples/quiet', file!.name));
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    await page.getByText('Everything is read').waitFor();
    await page.getByRole('link', { name: 'Read the postmortem' }).click();
    await page.frameLocator('iframe').locator('#verdict').waitFor();
  });

  it('goes on with an upload after the connection broke, and packs a folder', async (t) => {
    if (browser === null) return t.skip('needs chromium');
    const url = await makeCase(server, 'Resumed');
    const opened = await open(t, '/cases/resumed');
    const { page } = opened!;
    let broken = 0;
    await page.route('**/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && broken++ === 0) await route.abort('connectionreset');
      else await route.continue();
    });
    const [file] = await sampleFiles('quiet', 1);
    await page.getByLabel('Files').setInputFiles(join(projectRoot, 'samples/quiet', file!.name));
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    await page.locator('.capture-state').first().waitFor();
    await untilRead(url);
    assert.equal(broken, 2);
    const unpacked = join(projectRoot, 'test/sources/vmstat/options/input');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a folder' }).click(),
    ]);
    await chooser.setFiles(unpacked);
    await page.locator('th.file', { hasText: 'input.tar' }).waitFor();
    await untilRead(url);
  });
});

describe('uploads in a browser', () => {
  it('dropped files are sent, and a page that is loaded again in the middle follows the rest', async (t) => {
    if (browser === null) return t.skip('needs chromium');
    await makeCase(server, 'Dropped');
    const { page } = (await open(t, '/cases/dropped'))!;
    const files = await sampleFiles('worker-exhaustion', 12);
    const box = (await page.locator('.drop').boundingBox())!;
    const paths = files.map(({ name }) => join(projectRoot, 'samples/worker-exhaustion', name));
    const devtools = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', {
        type,
        x: box.x + 5,
        y: box.y + 5,
        data: { items: [], files: paths, dragOperationsMask: 1 },
      });
    await page
      .locator('#capture-rows tr')
      .nth(files.length - 1)
      .waitFor();
    await page.locator('html:not([data-uploading])').waitFor();
    await page.reload();
    assert.equal(await page.locator('#capture-rows tr').count(), files.length);
    await page.getByText('Everything is read').waitFor();
    assert.equal(await page.locator('.capture-state.read').count(), files.length);
  });

  it('nothing that anybody writes in any field is run', async (t) => {
    if (browser === null) return t.skip('needs chromium');
    const url = await makeCase(server, 'Hostile');
    const { page, noise } = (await open(t, '/cases/hostile'))!;
    const files = await sampleFiles('quiet', 4);
    const look = async (path: string): Promise<void> => {
      await page.goto(path);
      for (const frame of page.frames()) assert.notEqual(await frame.evaluate('document.title'), 'owned', path);
    };
    // A kind of each: the other texts are tried on the pages' source.
    const texts = HOSTILE.slice(0, 4).map((one) => one.slice(0, 90));
    for (const [i, text] of texts.entries()) {
      await page.locator('#upload-form input[name="run"]').fill(text);
      await page.getByLabel('Files').setInputFiles({ name: `${text}.tar.gz`, mimeType: '', buffer: files[i]!.bytes });
      await page.getByRole('button', { name: 'Upload', exact: true }).click();
    }
    await page
      .locator('#capture-rows tr')
      .nth(texts.length - 1)
      .waitFor();
    await page.locator('html:not([data-uploading])').waitFor();
    await untilRead(url);
    for (const text of texts) {
      await fetch(`${url}/notes`, { method: 'POST', body: new URLSearchParams({ text, author: text }) });
      await fetch(`${url}/rename`, { method: 'POST', body: new URLSearchParams({ name: text }) });
      const sql = `select '${text.replaceAll("'", "''")}' as a -- ${text}`;
      for (const path of [server.url, url, `${url}/comparison`, `${url}/query?${new URLSearchParams({ sql })}`])
        await look(path);
    }
    await look(`${url}/postmortem`);
    await page.frameLocator('iframe').locator('#verdict').waitFor();
    await look(page.url());
    assert.deepEqual(
      noise.filter((line) => /Content Security Policy|^error: /.test(line)),
      [],
    );
  });
});

describe('every page', () => {
  const paths = [
    '/',
    '/cases/looks',
    '/cases/looks/postmortem',
    '/cases/looks/query?sql=select+1+as+a',
    '/cases/looks/comparison',
    '/login',
    '/nothing',
  ];
  const looks: readonly (readonly [string, BrowserContextOptions])[] = [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 390, height: 800 } }],
  ];

  before(async () => {
    if (browser === null) return;
    const url = await makeCase(server, 'Looks');
    await fetch(`${url}/captures`, { method: 'POST', body: filesForm(await sampleFiles('quiet', 2), 'before') });
    await untilRead(url);
  });

  for (const [look, options] of looks) {
    it(`is whole and without barriers (${look})`, async (t) => {
      for (const path of paths) {
        const opened = await open(t, path, options);
        if (opened === null) return;
        const { page } = opened;
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        assert.ok(width <= page.viewportSize()!.width, `${path} is ${width} wide`);
        assert.deepEqual(await barriers(page), [], path);
      }
    });
  }

  it('can be used with the keyboard alone', async (t) => {
    const opened = await open(t, '/');
    if (opened === null) return;
    const { page } = opened;
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('By keys');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'By keys' }).waitFor();
    const seen = new Set<string>();
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      seen.add(String(await page.evaluate('document.activeElement.outerHTML.slice(0, 80)')));
      const isSeen = await page.evaluate(
        'document.activeElement === document.body || document.activeElement.matches(":focus-visible")',
      );
      assert.ok(isSeen);
    }
    for (const part of ['Choose a folder', 'name="run"', 'type="file"', 'Upload'])
      assert.ok(
        [...seen].some((html) => html.includes(part)),
        part,
      );
  });
});

/** What axe finds: id and the elements. Frames have a test of their own. */
async function barriers(page: Page): Promise<readonly string[]> {
  const axe = readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    '(async () => (await axe.run(document, { iframes: false })).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))()',
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
