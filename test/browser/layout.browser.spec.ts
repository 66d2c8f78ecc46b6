import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { ROLE_CODES } from '../../libs/accounts/roles';
import { recompute } from '../../libs/indicators/recompute';
import { SETTLED } from '../support/axe';
import { A_MINUTE, BrowsedOffice, settled, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

const SOURCE = join(__dirname, '../../apps/web/src');
const CODES = [...readFileSync(join(SOURCE, 'page/pages.tsx'), 'utf8').matchAll(/\bcode: '([\w-]+)'/g)];
/** The keys of texts that could not be a word of one. */
const KEYS = readdirSync(join(SOURCE, 'texts')).flatMap((file) =>
  [...readFileSync(join(SOURCE, 'texts', file), 'utf8').matchAll(/^ {2}'?([\w.]+)'?: say\(/gm)]
    .map(([, key]) => key!)
    .filter((key) => /[a-z][A-Z_]/.test(key)),
);
const TELEPHONE = 390;
const WIDTHS = [1024, TELEPHONE];
/** Within a page: its parts that have an address of their own. */
const PARTS = [
  ...['bridge', 'times', 'ages', 'cities'].map((part) => `/?tab=analysis&show=${part}`),
  ...['form', 'report', 'rules', 'papers'].map((part) => `/?tab=assessment&form=hunan&period=2024&show=${part}`),
  '/?tab=assessment&form=hunan-project&period=2024',
  '/?tab=indicators&indicator=rate.screen_agree',
  '/?tab=funnel&figure=rate.screen_agree&at=2024',
];
type Language = 'zh' | 'en';

const OFFICES = {
  full: async (source: DataSource) => {
    const cases = Array.from({ length: 6 }, (_, at) =>
      caseEntries(
        `2024-0${at + 1}-05`,
        [['ScreenRequested'], ['ScreenAnswered', at % 3 ? 'agreed' : 'refused']],
        at % 2 ? 'A' : 'B',
      ),
    );
    await append(source, ...opening(), ...opening('B'), entry({ quantity: '40' }), ...cases.flat());
    await recompute(source, REGISTRY);
  },
  empty: async () => undefined,
};

/** The texts that are seen, but for commands, codes and what says that it is in another language. */
const SEEN = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    if (!parentElement.closest('code, body [lang]') && parentElement.getClientRects().length > 0) seen.add(textContent.trim());
  }
  return [...seen].filter(Boolean);
})()`;

/** The tables of figures, and the choices, of which one sees a part only. */
const PUSHED = `[...document.querySelectorAll('.table-frame > .scroll, .ant-segmented, .ant-segmented-item-label')]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map((one) => one.getAttribute('aria-label') ?? one.textContent)`;

function wrongWords(seen: readonly string[], language: Language): string[] {
  const ofTheOther = (text: string) =>
    language === 'en'
      ? /\p{Script=Han}/u.test(text)
      : /[a-z]{2,} [a-z]{2,}/i.test(text) && !/\p{Script=Han}/u.test(text);
  return seen.filter((text) => ofTheOther(text) || KEYS.includes(text));
}

async function faultsOf(page: Page, where: string, language: Language): Promise<string[]> {
  // A form is filled in the language in which it is printed.
  const printed = where.includes('tab=assessment&form=');
  const faults = printed ? [] : wrongWords(await page.evaluate(SEEN), language).map((text) => `${where}: “${text}”`);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(SETTLED);
    const across: number = await page.evaluate('document.documentElement.scrollWidth');
    if (across > width) faults.push(`${where}: ${across} wide on ${width}`);
    if (width !== TELEPHONE) continue;
    const pushed: string[] = await page.evaluate(PUSHED);
    faults.push(...pushed.map((name) => `${where}: “${name}” is cut`));
  }
  return faults;
}

describeWithChromium('every page', () => {
  let office: BrowsedOffice;

  afterEach(() => office?.close(), A_MINUTE);

  it.each(Object.entries(OFFICES))(
    'stays within the screen and in one language, in an office that is %s',
    async (_fill, fill) => {
      office = await BrowsedOffice.start(fill);
      const seen = new Set<string>();
      const faults: string[] = [];
      for (const role of ROLE_CODES) {
        const page = await office.open(role, '/', { name: role, width: WIDTHS[0] });
        page.setDefaultTimeout(A_MINUTE);
        await settled(page);
        const links = await page
          .getByRole('navigation', { name: '页面' })
          .getByRole('link')
          .evaluateAll((found) => found.map((one) => [one.textContent ?? '', one.getAttribute('href') ?? ''] as const));
        const fresh = links.filter(([name]) => !seen.has(name)).map(([, path]) => path);
        links.forEach(([name]) => seen.add(name));
        if (role === 'officer' && fill === OFFICES.full) fresh.push(...PARTS);
        for (const language of ['zh', 'en'] as const) {
          if (language === 'en') {
            await page.goto(office.address);
            await page.getByRole('button', { name: 'English' }).click();
          }
          for (const path of fresh) {
            await page.goto(new URL(path, office.address).href);
            await settled(page);
            faults.push(...(await faultsOf(page, `${role} ${path} ${language}`, language)));
          }
        }
        await page.context().close();
      }
      expect(faults).toEqual([]);
      expect(seen.size).toBe(CODES.length);
    },
    TO_START + 4 * A_MINUTE,
  );
});
