import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { renderHtml } from '../../src/report/render-html.ts';
import { boxOf, oneBrowser } from '../support/chromium.ts';
import { projectRoot } from '../support/project.ts';
import { fixtureDocument, twoHostsDocument } from './fixture-document.ts';
import { HOSTILE, hostileDocument } from './hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'lastack-page-'));
const sample = join(folder, 'sample.html');
const fixture = join(folder, 'fixture.html');
const twoHosts = join(folder, 'two-hosts.html');
const open = oneBrowser();

before(async () => {
  const main = join(import.meta.dirname, '../../src/cli/main.js');
  const made = spawnSync(
    process.execPath,
    [main, '--quiet', 'report', join(projectRoot, 'samples/worker-exhaustion'), '-o', sample],
    { encoding: 'utf8' },
  );
  assert.equal(made.status, 0, made.stderr);
  writeFileSync(fixture, await renderHtml(fixtureDocument()));
  writeFileSync(twoHosts, await renderHtml(twoHostsDocument()));
});

after(() => rmSync(folder, { recursive: true }));

async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = await boxOf(page, '.over');
  const y = Math.min(box.y + 120, 860);
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

const boxes = (page: Page): Promise<(string | null)[]> =>
  page.locator('.stage .marks').evaluateAll((all) => all.map((marks) => marks.getAttribute('viewBox')));
const ticks = (page: Page): Promise<string[]> => page.locator('.clocks text:not(.p)').allTextContents();

describe('the page in Chromium', () => {
  it('opens from a file without a word in the console or a request', async (t) => {
    const opened = await open(t, sample);
    if (opened === null) return;
    await opened.page.waitForSelector('html.live');
    assert.ok((await opened.page.locator('.stage .marks').count()) > 15);
    assert.match(await opened.page.locator('h1').innerText(), /stalled/);
    assert.deepEqual(opened.noise, []);
  });

  it('zooms all lanes together by dragging, with new ticks, and back by double-click', async (t) => {
    const opened = await open(t, sample);
    if (opened === null) return;
    const { page, noise } = opened;
    const whole = await boxes(page);
    const before = await ticks(page);
    await page.locator('#timeline').scrollIntoViewIfNeeded();
    await drag(page, 0.25, 0.5);
    const zoomed = await boxes(page);
    const parts = zoomed.map((box) => box!.split(' ').map(Number));
    for (const [x, , width] of parts) {
      assert.ok(Math.abs(x! - 250) < 3 && Math.abs(width! - 250) < 3, `${x} ${width}`);
    }
    assert.equal(await page.locator('#shown').isVisible(), true);
    assert.match(await page.locator('#shown-span').innerText(), /^Time shown: \d\d:\d\d:\d\d – .* of /);
    const after = await ticks(page);
    assert.notDeepEqual(after, before);
    assert.ok(after.length >= 3);
    const box = await boxOf(page, '.over');
    await page.mouse.dblclick(box.x + box.width / 2, Math.min(box.y + 120, 860));
    assert.deepEqual(await boxes(page), whole);
    assert.deepEqual(await ticks(page), before);
    assert.equal(await page.locator('#shown').isVisible(), false);
    assert.deepEqual(noise, []);
  });

  it('keeps a time at its place: an edge lies where the drawing has it, zoomed or not', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page } = opened;
    const distance = async (): Promise<number> => {
      const edge = await boxOf(page, '.under .edge');
      const bar = await boxOf(page, '.course .marks path');
      return Math.abs(edge.x - bar.x);
    };
    assert.ok((await distance()) < 2);
    await page.locator('.over').focus();
    await page.keyboard.press('+');
    assert.ok((await distance()) < 2);
  });

  it('follows the keyboard: crosshair, values of all lanes, zoom, Escape', async (t) => {
    const opened = await open(t, sample);
    if (opened === null) return;
    const { page, noise } = opened;
    const whole = await boxes(page);
    await page.locator('.over').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    const read = (await page.locator('.row output').allInnerTexts()).filter((text) => text !== '');
    assert.ok(read.length > 10, String(read.length));
    assert.match((await page.locator('#crosshair-text').textContent()) ?? '', /SYN_RECV: \d+/);
    await page.keyboard.press('+');
    assert.notDeepEqual(await boxes(page), whole);
    await page.keyboard.press('-');
    assert.deepEqual(await boxes(page), whole);
    await page.keyboard.press('+');
    await page.keyboard.press('Escape');
    assert.deepEqual(await boxes(page), whole);
    assert.deepEqual(noise, []);
  });

  it('lets who, evidence and key numbers follow the time shown, which stays in view, and gives all back', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page, noise } = opened;
    const cell = page.locator('[data-who="0"] .during, [data-who="1"] .during').first();
    const most = page.locator('[data-who="0"] summary .most');
    assert.equal(await cell.innerText(), '30');
    assert.equal(await most.textContent(), '198.51.100.7');
    assert.equal(await page.locator('.shown:visible').count(), 0);
    const plot = await boxOf(page, '.row.overview > .plot');
    const y = plot.y + plot.height / 2;
    await page.mouse.move(plot.x + plot.width * 0.05, y);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.28, y, { steps: 3 });
    await page.mouse.up();
    await page.locator('html.zoomed').waitFor();
    assert.equal(await cell.innerText(), '0');
    assert.equal(await most.textContent(), 'none in the time shown');
    assert.match(
      (await page.locator('.evidence .shown:visible').allInnerTexts()).join(' '),
      /in the time shown: at most 30 ms at/,
    );
    await page.locator('#method').scrollIntoViewIfNeeded();
    const bar = await boxOf(page, '#shown');
    assert.ok(Math.abs(bar.y + bar.height - 900) < 2);
    const before = await page.locator('#shown-span').innerText();
    await page.locator('.row.overview').scrollIntoViewIfNeeded();
    const moved = await boxOf(page, '.row.overview > .plot');
    await page.mouse.move(moved.x + moved.width * 0.15, moved.y + 12);
    await page.mouse.down();
    await page.mouse.move(moved.x + moved.width * 0.55, moved.y + 12, { steps: 3 });
    await page.mouse.up();
    assert.notEqual(await page.locator('#shown-span').innerText(), before);
    await page.locator('#show-all').click();
    await page.locator('html:not(.zoomed)').waitFor();
    assert.equal(await cell.innerText(), '30');
    assert.equal(await most.textContent(), '198.51.100.7');
    assert.equal(await page.locator('.shown:visible').count(), 0);
    assert.deepEqual(noise, []);
  });

  it('shows all hosts on one axis, or one of them, and its clock beside UTC', async (t) => {
    const opened = await open(t, twoHosts);
    if (opened === null) return;
    const { page, noise } = opened;
    const visible = (selector: string): Promise<number> => page.locator(`${selector}:visible`).count();
    assert.equal(await visible('.host'), 3);
    assert.ok((await visible('.host[data-host=""] .lane.hosts .row')) >= 4);
    const findings = await visible('.finding');

    await page.locator('[name="host"][value="web1"]').focus();
    await page.keyboard.press('Space');
    await page.locator('#shown-host', { hasText: 'Only web1' }).waitFor();
    assert.equal(await visible('.host'), 1);
    assert.equal(await visible('.finding'), findings / 2);
    assert.equal(await visible('[data-host="web2"]'), 0);
    await page.locator('#findings .sub .shown', { hasText: `shown: ${findings / 2} of ${findings}` }).waitFor();
    const [utc, berlin] = await page.locator('.host:visible .clocks').all();
    const firstTick = (axis: typeof utc): Promise<string | null> => axis!.locator('text.drawn').first().textContent();
    assert.equal(await firstTick(utc), '03:04:20');
    assert.equal(await firstTick(berlin), '04:04:20');

    await page.locator('.host:visible .over').focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('.host:visible .row.axis .name').nth(1).innerText(), /^CET \(UTC\+01:00\) 04:04:/);
    await page.locator('#show-all').click();
    assert.equal(await visible('.host'), 3);
    assert.equal(await visible('.finding'), findings);
    assert.deepEqual(noise, []);
  });

  it('folds findings of other times while a span of time is shown, and counts them', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page, noise } = opened;
    await drag(page, 0.02, 0.1);
    await page.locator('html.zoomed').waitFor();
    assert.ok((await page.locator('.finding.outside').count()) > 0);
    assert.equal(await page.locator('.finding.outside .claim:visible').count(), 0);
    assert.equal(
      await page.locator('.finding.outside .away:visible').count(),
      await page.locator('.finding.outside').count(),
    );
    assert.match(await page.locator('#findings .sub .shown').innerText(), /^shown: \d of \d$/);
    assert.match(await page.locator('#quality .sub .shown').innerText(), /in the time shown: \d of 24 samples/);
    await page.keyboard.press('Escape');
    await page.locator('html:not(.zoomed)').waitFor();
    assert.equal(await page.locator('.finding.outside').count(), 0);
    assert.deepEqual(noise, []);
  });

  it('shows lanes and text with scripts off', async (t) => {
    const opened = await open(t, sample, { javaScriptEnabled: false });
    if (opened === null) return;
    const { page, noise } = opened;
    const lane = await boxOf(page, '.tcp-states .marks');
    assert.ok(lane.width > 600 && lane.height > 20);
    assert.ok((await page.locator('.stage text:visible').count()) > 10);
    assert.match(await page.locator('#findings').innerText(), /Ruled out/);
    assert.equal(await page.locator('button:visible').count(), 0);
    assert.deepEqual(noise, []);
  });

  for (const width of [390, 680, 1360]) {
    it(`does not scroll sideways at ${width} pixels`, async (t) => {
      const opened = await open(t, sample, { viewport: { width, height: 844 } });
      if (opened === null) return;
      assert.equal(await opened.page.locator('html').evaluate((html) => html.scrollWidth), width);
      assert.ok((await boxOf(opened.page, '.tcp-states .marks')).width > width * 0.45);
    });
  }

  it('prints the timeline, dark or not, on white', async (t) => {
    const opened = await open(t, sample, { colorScheme: 'dark' });
    if (opened === null) return;
    await opened.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const background = await opened.page
      .locator('body')
      .evaluate((body) => body.ownerDocument.defaultView!.getComputedStyle(body).backgroundColor);
    assert.equal(background, 'rgb(255, 255, 255)');
    assert.ok((await opened.page.pdf({ preferCSSPageSize: true })).length > 20_000);
  });

  it('runs nothing that came out of a log', async (t) => {
    for (const text of HOSTILE) {
      const file = join(folder, 'hostile.html');
      writeFileSync(file, await renderHtml(hostileDocument(fixtureDocument(), text)));
      const opened = await open(t, file);
      if (opened === null) return;
      await opened.page.waitForSelector('html.live');
      await opened.page.locator('.over').focus();
      await opened.page.keyboard.press('ArrowRight');
      assert.doesNotMatch(await opened.page.title(), /^owned$/);
      assert.equal(await opened.page.locator('img, iframe, object, b b, [onload], [onerror], [autofocus]').count(), 0);
      assert.deepEqual(opened.noise, []);
    }
  });
});
