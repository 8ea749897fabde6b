import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type LongCase, makeLongCase } from './long-case.ts';
import { clockAndProcessor, measureCli } from './measure.ts';
import { median } from './median.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const OPENINGS = 5;
const PAINTED_MS = 300;
const INTERACTIVE_MS = 1500;
const FRAMES_PER_S = 30;

/** The cases that are drawn, and how large their page may be; null: it only has to open. */
const PAGES: readonly (readonly [LongCase, number | null])[] = [
  [{ hours: 1, intervalS: 5, hosts: 1, listeners: 1 }, 1_200_000],
  [{ hours: 24, intervalS: 10, hosts: 1, listeners: 1 }, 2_500_000],
  [{ hours: 24, intervalS: 10, hosts: 3, listeners: 50 }, null],
];

/** Prints how large the page of long recordings is, how soon it can be read and used, and how smoothly it zooms. */
export async function printReportSpeed(): Promise<void> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-'));
  const browser =
    executablePath === undefined ? null : await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  if (browser === null) console.log('no Chromium here: sizes only');
  try {
    for (const [wanted, mostBytes] of PAGES) await printPage(wanted, mostBytes, browser, folder);
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true });
  }
}

async function printPage(
  wanted: LongCase,
  mostBytes: number | null,
  browser: Browser | null,
  folder: string,
): Promise<void> {
  const caseFile = await makeLongCase(wanted);
  const page = join(folder, 'page.html');
  const made = await measureCli(['report', '--case', caseFile, '-o', page, '--quiet']);
  const bytes = statSync(page).size;
  const { hours, intervalS, hosts, listeners } = wanted;
  console.log(`${hours} h at ${intervalS} s, ${hosts} host(s), ${listeners} listener(s) each`);
  console.log(`  made in ${clockAndProcessor(made)}, peak ${made.peakMb.toFixed(0)} MB`);
  console.log(
    `  ${(bytes / 1e6).toFixed(2)} MB${mostBytes === null ? '' : `, goal at most ${mostBytes / 1e6}: ${goal(bytes <= mostBytes)}`}`,
  );
  if (browser === null) return;
  const openings = [];
  for (let i = 0; i < OPENINGS; i++) openings.push(await opening(browser, page));
  const painted = median(openings.map((one) => one.paintedMs));
  const live = median(openings.map((one) => one.liveMs));
  const frames = median(openings.map((one) => one.framesPerS));
  console.log(`  readable after ${painted.toFixed(0)} ms, goal at most ${PAINTED_MS}: ${goal(painted <= PAINTED_MS)}`);
  console.log(`  usable after ${live.toFixed(0)} ms, goal at most ${INTERACTIVE_MS}: ${goal(live <= INTERACTIVE_MS)}`);
  console.log(
    `  zooms at ${frames.toFixed(0)} frames/s, goal at least ${FRAMES_PER_S}: ${goal(frames >= FRAMES_PER_S)}`,
  );
}

interface Opening {
  /** From navigation to the first paint of text. */
  readonly paintedMs: number;
  /** From navigation to the script’s last line. */
  readonly liveMs: number;
  readonly framesPerS: number;
}

async function opening(browser: Browser, file: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement?.classList.contains('live')) return;
        performance.mark('live');
        observer.disconnect();
      }).observe(document, { attributes: true, subtree: true, childList: true });
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('html.live');
    const marks = await page.evaluate(async () => {
      const painted = (): number | undefined => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      while (painted() === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
      return { paintedMs: painted()!, liveMs: performance.getEntriesByName('live')[0]!.startTime };
    });
    return { ...marks, framesPerS: await zoomRate(page) };
  } finally {
    await context.close();
  }
}

/** Frames a second while the key `+` and then `−` is pressed once a frame: every frame has a zoom to draw. */
async function zoomRate(page: Page): Promise<number> {
  await page.locator('.over').first().scrollIntoViewIfNeeded();
  return page.evaluate(async () => {
    const target = document.querySelector<HTMLElement>('.over')!;
    target.focus();
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const first = await frame();
    let last = first;
    const frames = 60;
    for (let i = 0; i < frames; i++) {
      (document.activeElement ?? target).dispatchEvent(
        new KeyboardEvent('keydown', { key: i % 16 < 8 ? '+' : '-', bubbles: true, cancelable: true }),
      );
      last = await frame();
    }
    return (frames * 1000) / (last - first);
  });
}

function goal(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}
