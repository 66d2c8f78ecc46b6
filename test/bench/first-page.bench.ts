import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import type { BenchPart } from './bench-part';
import { below } from './bench-row';
import { findOnPath } from './on-path';
import { p95, timed } from './stopwatch';

const WEB = resolve(__dirname, '../../web');
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SWITCHES = ['--no-sandbox', '--disable-gpu'];
const LOOKS = 10;

/** The script that the page begins with, and how long a browser that has nothing of it yet takes to the demonstration's figures. */
export const firstPage: BenchPart = {
  name: 'first-page',
  rows: [
    { row: 'script of the first page, gzip', unit: 'kB', target: [below(300)] },
    { row: 'time to the first figure, p95', unit: 'ms', target: [below(1_000)] },
  ],
  async measure(context) {
    const { program } = await context.program();
    const browser = await chromium.launch({ executablePath: findOnPath(...CHROMIUM), args: SWITCHES });
    context.onEnd(() => browser.close());
    return [{ value: scriptOfFirstPage() / 1_000 }, { value: p95(await timesToFigure(browser, program.url('/'))) }];
  },
};

/** What index.html names, which is the script and all that it imports before it runs. */
function scriptOfFirstPage(): number {
  const html = readFileSync(join(WEB, 'index.html'), 'utf8');
  const paths = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path ?? '');
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(WEB, path))).length, 0);
}

async function timesToFigure(browser: Browser, address: string): Promise<number[]> {
  const entrance = await browser.newContext({ locale: 'zh-CN' });
  const door = await entrance.newPage();
  await door.goto(address);
  await door.getByRole('button', { name: '绩效专员' }).click();
  await door.getByRole('navigation', { name: '页面' }).waitFor();
  const storageState = await entrance.storageState();
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const empty = await browser.newContext({ locale: 'zh-CN', storageState });
    const page = await empty.newPage();
    times.push(
      await timed(async () => {
        await page.goto(`${address}?tab=funnel`, { waitUntil: 'commit' });
        await page
          .getByRole('button', { name: /^招募人数：/ })
          .first()
          .waitFor();
      }),
    );
    await empty.close();
  }
  return times;
}
