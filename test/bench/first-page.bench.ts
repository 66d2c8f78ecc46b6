import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { findOnPath } from './on-path';
import { p95 } from './stopwatch';

const WEB = resolve(__dirname, '../../web');
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SWITCHES = ['--no-sandbox', '--disable-gpu'];
const LOOKS = 10;
const FIGURE = 'button[aria-label^="招募人数："]';
/**
 * Keeps when the first frame with the figure was shown, in milliseconds from when its address was opened. In the page,
 * for who asks it from outside does so every now and then, and each time costs.
 */
const KEEP_MOMENT = `{
  const watch = new MutationObserver(() => {
    if (!document.querySelector('${FIGURE}')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.firstFigure = performance.now())));
  });
  watch.observe(document, { subtree: true, childList: true });
}`;

/** The script that the page begins with, and how long a browser takes to the demonstration's figures: one that has nothing of it yet, and one that has opened it before. */
export const firstPage: BenchPart = {
  name: 'first-page',
  rows: [
    { row: 'script of the first page, gzip', unit: 'kB', target: [below(300)] },
    { row: 'time to the first figure, p95', unit: 'ms', target: [below(1_000)] },
    { row: 'time to the first figure, opened again, p95', unit: 'ms', target: [below(1_000)] },
  ],
  async measure(context) {
    const { program } = await context.program();
    const browser = await chromium.launch({ executablePath: findOnPath(...CHROMIUM), args: SWITCHES });
    context.onEnd(() => browser.close());
    const { cold, warm } = await timesToFigure(browser, program.url('/?tab=funnel'));
    return [{ value: scriptOfFirstPage() / 1_000 }, { value: p95(cold) }, { value: p95(warm) }];
  },
};

/** What index.html names, which is the script and all that it imports before it runs. */
function scriptOfFirstPage(): number {
  const html = readFileSync(join(WEB, 'index.html'), 'utf8');
  const paths = new Set([...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path ?? ''));
  return [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(WEB, path))).length, 0);
}

/** Of looks with an empty cache, and of a second look after each. */
async function timesToFigure(browser: Browser, address: string): Promise<{ cold: number[]; warm: number[] }> {
  const entrance = await browser.newContext({ locale: 'zh-CN' });
  const door = await entrance.newPage();
  await door.goto(address);
  await door.getByRole('button', { name: '绩效专员' }).click();
  await door.locator(FIGURE).first().waitFor();
  const storageState = await entrance.storageState();
  // What it would still ask for is not waited for with the looks.
  await entrance.close();
  const times = { cold: [] as number[], warm: [] as number[] };
  for (let look = 0; look < LOOKS; look += 1) {
    const empty = await browser.newContext({ locale: 'zh-CN', storageState });
    await empty.addInitScript(KEEP_MOMENT);
    times.cold.push(await timeToFigure(empty, address));
    times.warm.push(await timeToFigure(empty, address));
    await empty.close();
  }
  return times;
}

async function timeToFigure(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  const moment = await page.waitForFunction(() => Reflect.get(globalThis, 'firstFigure') as number | undefined);
  const time = await moment.jsonValue();
  await page.close();
  if (time === undefined) throw new Error('the page kept no moment');
  return time;
}
