import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { DRAFT, FILE, VIEWS } from './contact-sheet-views.mjs';
import { passwordOf, ROLES, setUpOffice, signIn, startDemonstration, startOffice } from './shown-offices.mjs';

// Every page as it looks at three widths, light and dark, full and empty, in Chinese and English, and a sheet of each
// to look at: node scripts/contact-sheet.mjs FOLDER [VIEW…]
const [given, ...wanted] = process.argv.slice(2);
if (given === undefined) throw new Error('node scripts/contact-sheet.mjs FOLDER [VIEW…]');
const FOLDER = resolve(given);
const WIDTHS = [1440, 1024, 390];
const APPEARANCES = ['light', 'dark'];
const LANGUAGES = { zh: 'zh-CN', en: 'en' };
/** Of a window, in CSS pixels; what is further below looks like what is above. */
const LOW = 900;
const HIGH = 2400;
const SCALE = 0.5;

const views = VIEWS.filter(({ name }) => wanted.length === 0 || wanted.some((one) => name.startsWith(one)));

async function open(browser, { address, states }, view, language) {
  const context = await browser.newContext({
    ...{ locale: LANGUAGES[language], viewport: { width: WIDTHS[0], height: LOW }, reducedMotion: 'reduce' },
    storageState: view.role && states[view.role],
  });
  await context.addInitScript(
    `localStorage.setItem('marrow-ledger.language', '${language}'); localStorage.setItem('marrow-ledger.tour', 'answered');`,
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(view.setUp ? address : address + view.path);
  await settled(page);
  if (view.file)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '样表.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  if (view.draft) {
    await page.getByRole('textbox').first().fill(DRAFT);
    await page.getByRole('button', { name: /^(体检|Check)$/ }).click();
    await page.locator('.finding, mark').first().waitFor();
  }
  for (const one of view.press ?? []) {
    await settled(page);
    const button = typeof one === 'string' ? page.locator(one) : page.getByRole('button', { name: one });
    await button.first().click();
  }
  if (view.file) await page.waitForURL(/file=/);
  return page;
}

/** Nothing is being fetched. */
async function settled(page) {
  await page.locator('main').waitFor();
  for (let times = 0; times < 2; times += 1) {
    await page.waitForTimeout(300);
    await page.locator('[aria-busy="true"], .ant-skeleton').first().waitFor({ state: 'detached' });
  }
}

async function take(browser, office, view, fill, language) {
  const page = await open(browser, office, view, language);
  await settled(page).catch(() => console.warn(`${view.name} ${fill} ${language}: it never stops loading`));
  for (const appearance of APPEARANCES) {
    await page.emulateMedia({ colorScheme: appearance });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: LOW });
      await page.waitForTimeout(250);
      const [across, high] = await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
      );
      if (across > width) console.warn(`${view.name} ${fill} ${language} ${width}: scrolls sideways, ${across} wide`);
      // What opens is as high as the window.
      if (!view.press) await page.setViewportSize({ width, height: Math.min(Math.max(high, LOW), HIGH) });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(FOLDER, pictureOf(view, fill, language, width, appearance)) });
    }
  }
  await page.context().close();
}

const pictureOf = ({ name }, ...of) => `${name}/${of.join('-')}.png`;

/** All variants of one view: a row for each language of each office, its widths light and dark. */
async function compose(browser, view, fills) {
  const rows = fills.flatMap((fill) => Object.keys(LANGUAGES).map((language) => [fill, language]));
  const pictures = (fill, language) =>
    APPEARANCES.flatMap((appearance) =>
      WIDTHS.map(
        (width) => `<img src="${pictureOf(view, fill, language, width, appearance)}" width="${width * SCALE}">`,
      ),
    ).join('');
  const html = rows.map(
    ([fill, language]) => `<h2>${view.name} · ${fill} · ${language}</h2><div>${pictures(fill, language)}</div>`,
  );
  const file = join(FOLDER, `${view.name}.html`);
  const style = 'body{font:20px sans-serif;background:#888}div{display:flex;gap:12px;align-items:flex-start}';
  writeFileSync(file, `<meta charset="utf-8"><style>${style}</style>${html.join('')}`);
  const width = 2 * SCALE * WIDTHS.reduce((sum, one) => sum + one, 0) + 96;
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(FOLDER, `${view.name}.png`), fullPage: true });
  await page.close();
}

mkdirSync(FOLDER, { recursive: true });
// An office is new only once.
rmSync(join(FOLDER, '.office'), { recursive: true, force: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const running = [];
try {
  const office = await startOffice(join(FOLDER, '.office'));
  running.push(office);
  for (const view of views.filter(({ setUp }) => setUp)) {
    for (const language of Object.keys(LANGUAGES))
      await take(browser, { address: office.link }, view, 'empty', language);
    await compose(browser, view, ['empty']);
  }
  const demonstration = await startDemonstration(join(FOLDER, '.demonstration'));
  running.push(demonstration);
  const states = {};
  for (const role of ROLES) states[role] = await signIn(browser, demonstration.address, passwordOf(role));
  const offices = {
    full: { address: demonstration.address, states },
    empty: { address: office.address, states: await setUpOffice(browser, office) },
  };
  for (const view of views.filter(({ setUp }) => !setUp)) {
    const fills = view.full ? ['full'] : ['full', 'empty'];
    for (const fill of fills) {
      for (const language of Object.keys(LANGUAGES)) {
        await take(browser, offices[fill], view, fill, language).catch((error) =>
          console.warn(`${view.name} ${fill} ${language}: ${error.message.split('\n')[0]}`),
        );
      }
    }
    await compose(browser, view, fills);
    console.log(view.name);
  }
} finally {
  running.forEach(({ stop }) => stop());
  await browser.close();
}
