import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after as afterAll, before, describe, it } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/render-html.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { boxOf, oneBrowser } from '../support/chromium.ts';
import { projectRoot } from '../support/project.ts';
import { after, fixtureDocument, twoHostsDocument } from './fixture-document.ts';
import { hostileDocument } from './hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'lastack-reach-'));
const fixture = join(folder, 'fixture.html');
const twoHosts = join(folder, 'two-hosts.html');
const gapped = join(folder, 'gapped.html');
const axe = readFileSync(join(projectRoot, 'node_modules/axe-core/axe.min.js'), 'utf8');
const open = oneBrowser();

before(async () => {
  writeFileSync(fixture, await renderHtml(fixtureDocument()));
  const document = fixtureDocument();
  const gaps = [{ host: 'web1', start: after(60), end: after(75) }];
  const notes = document.notes.map((note) => ({ ...note, at: after(90) }));
  writeFileSync(gapped, await renderHtml({ ...document, notes, quality: { ...document.quality, gaps } }));
  writeFileSync(twoHosts, await renderHtml(twoHostsDocument()));
});

afterAll(() => rmSync(folder, { recursive: true }));

const boxes = (page: Page): Promise<(string | null)[]> =>
  page.locator('.stage .marks').evaluateAll((all) => all.map((marks) => marks.getAttribute('viewBox')));

/** Left edge and width of what is shown, of 1000. */
async function shown(page: Page): Promise<readonly [from: number, width: number]> {
  const [from, , width] = (await boxes(page))[0]!.split(' ').map(Number);
  return [from!, width!];
}

describe('who can use the page', () => {
  for (const [colorScheme, width, zoomed] of [
    ['light', 1360, false],
    ['dark', 390, false],
    ['light', 390, true],
    ['dark', 1360, true],
  ] as const)
    it(`is clean to axe: ${colorScheme}, ${width} pixels${zoomed ? ', narrowed' : ''}`, async (t) => {
      const opened = await open(t, twoHosts, { colorScheme, viewport: { width, height: 900 } });
      if (opened === null) return;
      const { page } = opened;
      if (zoomed) {
        await page.locator('.over').first().focus();
        await page.keyboard.press('+');
        await page.locator('html.zoomed').waitFor();
      }
      await page.evaluate(axe);
      const found = await page.evaluate(
        '(async () => (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`))()',
      );
      assert.deepEqual(found, []);
    });

  it('puts commands and the Markdown into the clipboard as they are', async (t) => {
    const opened = await open(t, fixture, { permissions: ['clipboard-read', 'clipboard-write'] });
    if (opened === null) return;
    const { page } = opened;
    const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    const button = page.locator('.actions button.copy').first();
    await button.click();
    await page.locator('.actions button.copy', { hasText: 'Copied' }).waitFor();
    assert.equal(await clipboard(), fixtureDocument().findings[0]!.actions[0]!.command);
    await page.locator('#copy-markdown').click();
    await page.locator('#copy-markdown', { hasText: 'Copied' }).waitFor();
    assert.equal(await clipboard(), renderMarkdown(fixtureDocument()));
  });

  it('copies where the browser gives a page no clipboard, and selects where nothing may be copied', async (t) => {
    const opened = await open(t, fixture, { permissions: ['clipboard-read'] });
    if (opened === null) return;
    const { page, noise } = opened;
    const action = page.locator('.actions .copyable').first();
    const text = await action.locator('pre').textContent();
    await page.evaluate(() => {
      const { clipboard } = navigator;
      Object.assign(globalThis, { readClipboard: () => clipboard.readText() });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await action.locator('button').click();
    await action.getByText('Copied').waitFor();
    assert.equal(await page.evaluate('readClipboard()'), text);
    assert.equal(await action.locator('button').evaluate((button) => button === document.activeElement), true);
    await page.evaluate(() => {
      Object.defineProperty(document, 'execCommand', { value: () => false });
    });
    await page.getByText('The query behind it').first().click();
    const query = page.locator('.finding details .copyable:visible').first();
    await query.locator('button').click();
    await query.getByText('Selected').waitFor();
    const selected = await page.evaluate(() => getSelection()?.toString().trim());
    assert.equal(selected, ((await query.locator('pre').textContent()) ?? '').trim());
    assert.deepEqual(noise, []);
  });

  it('goes by Tab through all that can be used, each with a mark of its focus', async (t) => {
    const opened = await open(t, twoHosts);
    if (opened === null) return;
    const { page } = opened;
    const seen: string[] = [];
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(focused);
        return { name: focused.getAttribute('class') ?? focused.tagName, mark: `${outlineStyle} ${outlineWidth}` };
      });
      if (at === null) break;
      assert.match(at.mark, /^(?:solid 2px|auto \dpx)$/, at.name);
      seen.push(at.name);
    }
    const wanted = await page
      .locator('a[href]:visible, button:visible, summary:visible, [tabindex="0"]:visible')
      .evaluateAll((all) => all.map((one) => one.getAttribute('class') ?? one.tagName));
    const skip = seen.indexOf('skip');
    assert.equal(skip, 0);
    for (const name of new Set(wanted)) {
      const count = (list: readonly string[]): number => list.filter((one) => one === name).length;
      assert.equal(count(seen), count(wanted), name);
    }
  });

  it('zooms with Enter to the bar at the crosshair, and leads from its name to the finding', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page, noise } = opened;
    await page.locator('.over').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const [from, width] = await shown(page);
    // The cause: from 30 to 78 of 115 seconds, a tenth of it on both sides.
    assert.ok(
      Math.abs(from - (25.2 / 115) * 1000) < 2 && Math.abs(width - (57.6 / 115) * 1000) < 2,
      `${from} ${width}`,
    );
    await page.locator('.course .name a', { hasText: 'Cause' }).click();
    await page.waitForFunction(() => location.hash.startsWith('#finding-backend-timeout'));
    await page.locator('.course .name a', { hasText: 'Cause' }).press('Enter');
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#finding-backend-timeout')!.getBoundingClientRect();
      return top >= -1 && top < innerHeight;
    });
    assert.deepEqual(noise, []);
  });

  it('keeps time and host in the address: opened again it shows the same, also after printing', async (t) => {
    const opened = await open(t, twoHosts);
    if (opened === null) return;
    const { page, noise } = opened;
    await page.locator('[name="host"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.locator('.host:visible .over').focus();
    await page.keyboard.press('+');
    await page.waitForFunction(() => /from=.*&to=.*&host=web2$/.test(location.hash));
    await page.locator('a[href="#quality"]').first().click();
    await page.waitForFunction(() => /^#quality&from=.*&host=web2$/.test(location.hash));
    const span = await page.locator('#shown-span').innerText();
    await page.reload();
    await page.waitForSelector('html.live');
    assert.equal(await page.locator('[data-host="web1"]:visible').count(), 0);
    assert.equal(await page.locator('#shown-span').innerText(), span);
    const onPaper = await page.evaluate(() => {
      dispatchEvent(new Event('beforeprint'));
      const all = [...document.querySelectorAll<HTMLElement>('[data-host]')];
      const visible = all.filter((one) => !one.hidden).length;
      dispatchEvent(new Event('afterprint'));
      return visible - all.length;
    });
    assert.equal(onPaper, 0);
    assert.equal(await page.locator('#shown-span').innerText(), span);
    await page.locator('#show-all').click();
    await page.waitForFunction(() => !location.hash.includes('host='));
    assert.deepEqual(noise, []);
  });

  it('prints all of it, folded parts too', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page } = opened;
    await page.emulateMedia({ media: 'print' });
    const sql = page.locator('.finding details pre').first();
    assert.ok(await sql.isVisible());
    assert.equal(await page.locator('button:visible, .bar:visible').count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.emulateMedia({ media: null });
    await page.locator('details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '');
    });
    const pages = (printed: Buffer): number => printed.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages(pdf) > 2, String(pages(pdf)));
    assert.equal(pages(await page.pdf({ preferCSSPageSize: true })), pages(pdf));
  });
});

describe('what the time shown rules', () => {
  it('says of gaps and notes that they are of another time', async (t) => {
    const opened = await open(t, gapped);
    if (opened === null) return;
    const { page } = opened;
    assert.equal(await page.locator('.away:visible').count(), 0);
    await page.locator('.over').focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    await page.locator('html.zoomed').waitFor();
    assert.match(await page.locator('#quality .timed.outside').innerText(), /outside of the time shown$/);
    assert.match(await page.locator('#notes .timed.outside').innerText(), /outside of the time shown/);
    await page.keyboard.press('Escape');
    await page.locator('html:not(.zoomed)').waitFor();
    assert.equal(await page.locator('.timed.outside').count(), 0);
  });
});

describe('fingers', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const touch = (session: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

  async function onTimeline(page: Page): Promise<{ session: CDPSession; x: (part: number) => number; y: number }> {
    await page.locator('.course').first().scrollIntoViewIfNeeded();
    const box = await boxOf(page, '.over');
    const y = Math.max(box.y, 0) + 200;
    return { session: await page.context().newCDPSession(page), x: (part) => box.x + box.width * part, y };
  }

  it('drag along to choose a time, and pinch to stretch it', async (t) => {
    const opened = await open(t, fixture, phone);
    if (opened === null) return;
    const { page, noise } = opened;
    const { session, x, y } = await onTimeline(page);
    await touch(session, 'touchStart', [x(0.2), y]);
    for (const part of [0.3, 0.5, 0.7, 0.8]) await touch(session, 'touchMove', [x(part), y]);
    await touch(session, 'touchEnd');
    const [from, width] = await shown(page);
    assert.ok(Math.abs(from - 200) < 15 && Math.abs(width - 600) < 15, `${from} ${width}`);
    await touch(session, 'touchStart', [x(0.4), y], [x(0.6), y]);
    await touch(session, 'touchMove', [x(0.3), y], [x(0.7), y]);
    await touch(session, 'touchMove', [x(0.2), y], [x(0.8), y]);
    await touch(session, 'touchEnd');
    const [, closer] = await shown(page);
    assert.ok(Math.abs(closer - width / 3) < 15, String(closer));
    assert.deepEqual(noise, []);
  });

  it('tap once to read the values there, and twice to go back', async (t) => {
    const opened = await open(t, fixture, phone);
    if (opened === null) return;
    const { page } = opened;
    const { session, x, y } = await onTimeline(page);
    const tap = async (part: number): Promise<void> => {
      await touch(session, 'touchStart', [x(part), y]);
      await touch(session, 'touchEnd');
    };
    await tap(0.25);
    await page.locator('.stage.reading').waitFor();
    assert.ok((await page.locator('.row output').allTextContents()).some((text) => text !== ''));
    await page.keyboard.press('+');
    await page.locator('html.zoomed').waitFor();
    await tap(0.75);
    await tap(0.75);
    await page.locator('html:not(.zoomed)').waitFor();
  });

  it('scroll the page up and down over the timeline', async (t) => {
    const opened = await open(t, fixture, phone);
    if (opened === null) return;
    const { page } = opened;
    const { session, x, y } = await onTimeline(page);
    const before = await page.evaluate(() => scrollY);
    const whole = await shown(page);
    await touch(session, 'touchStart', [x(0.5), y + 150]);
    for (const up of [120, 80, 40, 0]) await touch(session, 'touchMove', [x(0.5), y + up]);
    await touch(session, 'touchEnd');
    await page.waitForFunction((from) => scrollY > from + 50, before);
    assert.deepEqual(await shown(page), whole);
  });
});

describe('large letters and large values', () => {
  it('fits at 200 %: nothing to scroll sideways, nothing cut off', async (t) => {
    const opened = await open(t, twoHosts, { viewport: { width: 680, height: 450 }, deviceScaleFactor: 2 });
    if (opened === null) return;
    const { page } = opened;
    assert.equal(await page.locator('html').evaluate((html) => html.scrollWidth), 680);
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('h1, h2, h3, p, td, th, li, dd, button, summary, legend, label')]
        .filter((one) => one.checkVisibility() && one.closest('.visually-hidden, .scroll, thead') === null)
        .filter((one) => {
          const { left, right, width } = one.getBoundingClientRect();
          return width > 0 && (left < -1 || right > 681) && one.className !== 'skip';
        })
        .map((one) => one.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(outside, []);
  });

  for (const width of [1360, 390])
    it(`keeps labels within their bars, zoomed or not, ${width} pixels wide`, async (t) => {
      const opened = await open(t, fixture, { viewport: { width, height: 844 } });
      if (opened === null) return;
      const { page } = opened;
      const inside = (): Promise<readonly { text: string; room: number; needed: number }[]> =>
        page.locator('.plot text.label.inside:visible').evaluateAll((all) =>
          all.map((one) => {
            const label = one as unknown as SVGTextElement;
            const marks = label.parentElement!.querySelector('.marks path[fill^="var"]')!.getBoundingClientRect();
            const plot = label.parentElement!.getBoundingClientRect();
            const room = Math.min(marks.right, plot.right) - Math.max(marks.left, plot.left);
            return { text: label.textContent ?? '', room, needed: label.getComputedTextLength() };
          }),
        );
      const whole = await inside();
      assert.ok(whole.length > 0);
      await page.locator('.over').focus();
      await page.keyboard.press('+');
      for (const { text, room, needed } of [...whole, ...(await inside())])
        assert.ok(needed <= room, `${text} takes ${needed} of ${room}`);
    });

  it('fits letters of twice the size', async (t) => {
    const opened = await open(t, fixture);
    if (opened === null) return;
    const { page } = opened;
    const cutOff = await page.evaluate(() => {
      const texts = [...document.querySelectorAll<HTMLElement>('body *:not(svg *)')];
      const sizes = texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize));
      for (const [i, one] of texts.entries()) one.style.fontSize = `${sizes[i]! * 2}px`;
      return texts
        .filter((one) => one.checkVisibility() && one.closest('.visually-hidden, .scroll, pre') === null)
        .filter((one) => one.textContent !== '' && one.scrollHeight > one.clientHeight + 2)
        .filter((one) => getComputedStyle(one).overflowY === 'hidden')
        .map((one) => one.outerHTML.slice(0, 120));
    });
    assert.deepEqual(cutOff, []);
    assert.equal(await page.locator('html').evaluate((html) => html.scrollWidth), 1360);
  });

  it('cuts what shows nothing before it writes it out', async () => {
    const text = '\u202e\u0000\u2028'.repeat(300_000);
    const html = await renderHtml(hostileDocument(fixtureDocument(), text));
    assert.ok(html.length < 1_000_000, String(html.length));
    assert.match(html, /\\u\{202e\}… \(899,\d\d\d more characters\)/);
  });

  it('opens with a megabyte in every text, runs none of it, and says what was cut', async (t) => {
    const value = `<img src=x onerror="document.title='owned'">${'A'.repeat(1_000_000)}`;
    const file = join(folder, 'hostile.html');
    const html = await renderHtml(hostileDocument(fixtureDocument(), value));
    assert.ok(html.length < 2_500_000, String(html.length));
    writeFileSync(file, html);
    const opened = await open(t, file);
    if (opened === null) return;
    const { page, noise } = opened;
    await page.waitForSelector('html.live');
    assert.match(await page.locator('.finding .claim').first().innerText(), /more characters/);
    assert.match(await page.locator('.who th[title]').first().innerText(), /<img src=x/);
    assert.equal(await page.locator('img').count(), 0);
    assert.doesNotMatch(await page.title(), /^owned$/);
    assert.equal(await page.locator('html').evaluate((root) => root.scrollWidth), 1360);
    assert.deepEqual(noise, []);
  });
});
