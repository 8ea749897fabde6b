import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { renderComparisonHtml } from '../../src/report/comparison/render-html.ts';
import { renderComparisonMarkdown } from '../../src/report/comparison/render-markdown.ts';
import { HOSTILE } from '../report/hostile.ts';
import { type Opened, oneBrowser } from '../support/chromium.ts';
import { assertMatchesSchema, schemaValidator } from '../support/json-schema.ts';
import { projectRoot } from '../support/project.ts';
import { fixtureComparison } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'lastack-comparison-'));
const fixture = join(folder, 'comparison.html');
const document = fixtureComparison();
const openFile = oneBrowser();
/** Opens the page of the fixture, or another. */
const open = (t: TestContext, options: BrowserContextOptions = {}, file = fixture): Promise<Opened | null> =>
  openFile(t, file, options);

before(async () => {
  writeFileSync(fixture, await renderComparisonHtml(document));
});

after(() => {
  rmSync(folder, { recursive: true });
});

const rowNames = (page: Page): Promise<string[]> => page.locator('#all-metrics tbody tr:visible th').allInnerTexts();

it('the made-up comparison is one that could be written', () => {
  assertMatchesSchema(schemaValidator('comparison'), JSON.stringify(document));
});

describe('the comparison in Chromium', () => {
  it('opens from a file without a word in the console or a request', async (t) => {
    const opened = await open(t);
    if (opened === null) return;
    await opened.page.waitForSelector('html.live');
    assert.equal(await opened.page.locator('h1').innerText(), document.verdict.sentence);
    assert.equal(await opened.page.locator('.pair-chart svg[role=img]').count(), 3);
    assert.deepEqual(opened.noise, []);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is clean to axe, ${colorScheme}`, async (t) => {
      const opened = await open(t, { colorScheme });
      if (opened === null) return;
      const { page } = opened;
      await page.evaluate(readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8'));
      const found = await page.evaluate(
        '(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`))()',
      );
      assert.deepEqual(found, []);
    });

  it('filters by verdict and name, and says how many are left out', async (t) => {
    const opened = await open(t);
    if (opened === null) return;
    const { page } = opened;
    const all = document.metrics.length;
    const quiet = document.metrics.filter(({ verdict }) => verdict === 'unchanged' || verdict === 'inconclusive');
    const shown = page.locator('#metrics-shown');
    assert.equal((await rowNames(page)).length, all - quiet.length);
    assert.equal(await shown.innerText(), `${all - quiet.length} of ${all} shown`);
    for (const box of await page.locator('.filters input[type=checkbox]').all()) await box.check();
    assert.equal((await rowNames(page)).length, all);
    await page.locator('#metric-search').fill('WORSE-1');
    assert.deepEqual(await rowNames(page), ['Title of worse-1, place 1']);
    assert.equal(await shown.innerText(), `1 of ${all} shown`);
    // The numbers beside the boxes add up to all there are.
    const labels = await page.locator('.filters label').allInnerTexts();
    const counts = labels.flatMap((label) => /\((\d+)\)/.exec(label)?.[1] ?? []).map(Number);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      all,
    );
  });

  it('sorts by number and by name, both ways, with the keyboard', async (t) => {
    const opened = await open(t);
    if (opened === null) return;
    const { page } = opened;
    for (const box of await page.locator('.filters input[type=checkbox]').all()) await box.check();
    const column = async (place: number): Promise<number[]> =>
      (
        await page
          .locator(`#all-metrics tbody td:nth-child(${place})`)
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-sort')))
      ).map(Number);
    await page.locator('#all-metrics th button', { hasText: 'Before' }).focus();
    await page.keyboard.press('Enter');
    const up = await column(3);
    assert.deepEqual(
      up,
      up.toSorted((a, b) => a - b),
    );
    assert.notEqual(up[0], up.at(-1));
    await page.keyboard.press('Enter');
    assert.deepEqual(
      await column(3),
      up.toReversed().toSorted((a, b) => b - a),
    );
    assert.equal(await page.locator('th[aria-sort]').count(), 1);
    await page.locator('#all-metrics th button', { hasText: 'Metric' }).click();
    const names = await rowNames(page);
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.localeCompare(b, 'en')),
    );
  });

  for (const width of [390, 1360])
    it(`does not scroll sideways at ${width} pixels`, async (t) => {
      const opened = await open(t, { viewport: { width, height: 844 } });
      if (opened === null) return;
      assert.equal(await opened.page.locator('html').evaluate((html) => html.scrollWidth), width);
      const chart = await opened.page.locator('.pair-chart svg[role=img]').first().boundingBox();
      assert.ok(chart!.width > width * 0.6);
    });

  it('shows everything with scripts off', async (t) => {
    const opened = await open(t, { javaScriptEnabled: false });
    if (opened === null) return;
    const { page, noise } = opened;
    assert.equal((await rowNames(page)).length, document.metrics.length);
    assert.equal(await page.locator('.filters:visible').count(), 0);
    assert.equal(await page.locator('.pair-chart svg[role=img]:visible').count(), 3);
    assert.deepEqual(noise, []);
  });

  it('prints dark or not on white, with the number of rows that are left out', async (t) => {
    const opened = await open(t, { colorScheme: 'dark' });
    if (opened === null) return;
    const { page } = opened;
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const background = await page
      .locator('body')
      .evaluate((body) => body.ownerDocument.defaultView!.getComputedStyle(body).backgroundColor);
    assert.equal(background, 'rgb(255, 255, 255)');
    assert.equal(await page.locator('#metrics-shown').isVisible(), true);
    assert.match(await page.locator('#metrics-shown').innerText(), /^\d+ of \d+ shown$/);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 20_000);
  });

  it('hides nothing without a number', async (t) => {
    const opened = await open(t);
    if (opened === null) return;
    const { page } = opened;
    const summaries = await page.locator('summary').allInnerTexts();
    assert.ok(
      summaries.some((text) => text.includes('The same on both sides: 1')),
      summaries.join(),
    );
    assert.ok(
      summaries.some((text) => text.includes('120 series are there on one side only')),
      summaries.join(),
    );
    assert.match((await page.locator('#method').textContent()) ?? '', /and 20 more, in the JSON/);
    assert.match(await page.locator('#primary').innerText(), /Zero in every sample of both sides: 1/);
    assert.match(await page.locator('#runs').innerText(), /Zero in every run: Title of zero/);
    assert.match(renderComparisonMarkdown(document), /and 80 more, in the JSON/);
  });

  it('runs nothing that came out of a log', async (t) => {
    for (const text of HOSTILE) {
      const file = join(folder, 'hostile.html');
      writeFileSync(file, await renderComparisonHtml(withText(text)));
      const opened = await open(t, {}, file);
      if (opened === null) return;
      await opened.page.waitForSelector('html.live');
      assert.doesNotMatch(await opened.page.title(), /^owned$/);
      assert.equal(await opened.page.locator('img, iframe, object, b b, [onload], [onerror], [autofocus]').count(), 0);
      assert.deepEqual(opened.noise, []);
    }
  });
});

/** The comparison with hostile text wherever a capture could have brought it in. */
function withText(text: string): typeof document {
  return {
    ...document,
    before: { ...document.before, label: text, runs: [text], hosts: [text] },
    verdict: { ...document.verdict, sentence: text, remarks: [text] },
    comparability: document.comparability.map((one) => ({ ...one, before: text, after: text, note: text })),
    hypotheses: document.hypotheses.map((one) => ({ ...one, setting: text, sentence: text })),
    metrics: document.metrics.slice(0, 4).map((one) => ({ ...one, dimension: text, note: text, movedBy: [text] })),
    oneSided: document.oneSided.slice(0, 2).map((one) => ({ ...one, dimension: text })),
    findings: {
      ...document.findings,
      resolved: document.findings.resolved.map((one) => ({
        ...one,
        subject: text,
        before: { ...one.before!, summary: text },
      })),
    },
    settings: document.settings.map((one) => ({ ...one, key: text, before: text, after: text })),
    talkers: document.talkers.map((one) => ({ ...one, name: text })),
    runs: document.runs.map((one) => ({ ...one, run: text })),
  };
}
