import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** A page, and whatever the browser complained about or asked for. */
export interface Opened {
  readonly page: Page;
  readonly noise: string[];
}

/** One browser for the tests of a file; what it returns opens a file in it, or skips the test where there is none. */
export function oneBrowser(): (
  t: TestContext,
  file: string,
  options?: BrowserContextOptions,
) => Promise<Opened | null> {
  let browser: Browser | null = null;
  before(async () => {
    if (CHROMIUM !== undefined) browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
  });
  return async (t, file, options = {}) => {
    if (browser === null) {
      t.skip('needs chromium');
      return null;
    }
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
    t.after(() => context.close());
    const page = await context.newPage();
    const noise: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) noise.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, noise };
  };
}

/** Where a part of the page is, in pixels. */
export async function boxOf(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(selector).first().boundingBox();
  assert.ok(box !== null, selector);
  return box;
}
