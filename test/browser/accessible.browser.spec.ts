import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROLE_CODES, type RoleCode } from '../../libs/accounts/roles';
import { recompute } from '../../libs/indicators/recompute';
import { hindrances } from '../support/axe';
import { A_MINUTE, BrowsedOffice, settled, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

const PAGES = readFileSync(join(__dirname, '../../apps/web/src/page/pages.tsx'), 'utf8');
const CODES = [...PAGES.matchAll(/\bcode: '([\w-]+)'/g)].map(([, code]) => code!);

/** Within a page: its parts that have an address of their own. */
const PARTS = [
  '/?tab=analysis&show=bridge',
  '/?tab=analysis&show=times',
  '/?tab=analysis&show=ages',
  '/?tab=analysis&show=cities',
  '/?tab=indicators&indicator=rate.screen_agree',
  '/?figure=rate.screen_agree&at=2024&of=P',
];

let office: BrowsedOffice;
const seen = new Set<string>();

async function expectNothingInTheWay(page: Page, path: string): Promise<void> {
  for (const appearance of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: appearance });
    await page.locator(`html[data-appearance=${appearance}]`).waitFor();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      // What is dark differs in its colours only.
      const found = await hindrances(page, appearance === 'dark' ? ['color-contrast'] : undefined);
      expect({ path, appearance, width, found }).toEqual({ path, appearance, width, found: [] });
    }
  }
}

/** Where the keyboard is: what a screen reader would say of it, roughly. */
function focused(page: Page): Promise<string> {
  return page.evaluate(
    '(({ ariaLabel, textContent, tagName }) => ariaLabel ?? (textContent?.trim() || tagName))(document.activeElement)',
  );
}

const RING = `[
  getComputedStyle(document.activeElement).outlineColor,
  getComputedStyle(document.activeElement.closest('.ant-drawer-section')).backgroundColor,
]`;

/** Of two colours as the browser computes them: `rgb(15, 118, 110)`. */
function contrast(one: string, other: string): number {
  const light = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => {
      const part = Number(colour.match(/[\d.]+/g)?.[at]) / 255;
      return sum + share * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0.05);
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return bright / dark;
}

describeWithChromium('the page, for everybody', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      const cases = Array.from({ length: 12 }, (_, at) =>
        caseEntries(
          `2024-${String((at % 6) + 1).padStart(2, '0')}-05`,
          [['ScreenRequested'], ['ScreenAnswered', at % 3 ? 'agreed' : 'refused']],
          at % 2 ? 'A' : 'B',
        ),
      );
      await append(source, ...opening(), ...opening('B'), entry({ quantity: '40' }), ...cases.flat());
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it.each(ROLE_CODES)(
    'has nothing serious in anybody’s way on the pages of the %s, wide and narrow, light and dark',
    async (role: RoleCode) => {
      const page = await office.open(role, '/', { name: role });
      await settled(page);
      const links = await page
        .getByRole('navigation', { name: '页面' })
        .getByRole('link')
        .evaluateAll((found) => found.map((one) => [one.textContent ?? '', one.getAttribute('href') ?? ''] as const));
      // What another role has shown already is the same here, but for what one may do on it.
      for (const [name, path] of links.filter(([one]) => !seen.has(one))) {
        seen.add(name);
        await page.goto(new URL(path, office.address).href);
        await settled(page);
        await expectNothingInTheWay(page, name);
      }
      await page.context().close();
    },
    8 * A_MINUTE,
  );

  it('was seen on every page that there is', () => {
    expect(seen.size).toBe(CODES.length);
  });

  it.each(PARTS)(
    'has nothing serious in anybody’s way at %s',
    async (path) => {
      const page = await office.open('officer', path);
      await settled(page);
      await expectNothingInTheWay(page, path);
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'has nothing serious in anybody’s way before one is signed in, and in its forms',
    async () => {
      const page = await office.open('clerk');
      await settled(page);
      await page.getByRole('button', { name: '登记' }).first().click();
      await page.getByRole('dialog').getByLabel('事项').waitFor();
      await expectNothingInTheWay(page, 'the form that logs');
      await closedByEscape(page.getByRole('dialog'));
      await page.context().clearCookies();
      await page.goto(office.address);
      await page.getByRole('heading', { name: '登录' }).waitFor();
      await expectNothingInTheWay(page, 'signing in');
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'is walked by keyboard: past the menu by one link, through the menu on a telephone, and back from a dialog',
    async () => {
      const page = await office.open('clerk');
      await settled(page);
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('跳到正文');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);

      const log = page.getByRole('button', { name: '登记' }).first();
      await log.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByLabel('事项').waitFor();
      await closedByEscape(page.getByRole('dialog'));
      await log.and(page.locator(':focus')).waitFor();

      await page.setViewportSize({ width: 390, height: 844 });
      const menu = page.getByRole('navigation', { name: '页面' });
      const button = menu.getByRole('button').first();
      await button.focus();
      await page.keyboard.press('Enter');
      await menu.getByRole('link', { name: '台账', exact: true }).waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("nav a") !== null')).toBe(true);
      await page.keyboard.press('Escape');
      await menu.getByRole('link', { name: '台账', exact: true }).waitFor({ state: 'hidden' });
      await button.and(page.locator(':focus')).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'rings what has the focus so that it is seen, by day and by night',
    async () => {
      const page = await office.open('officer', '/?tab=funnel&figure=rate.screen_agree&at=2024&of=P');
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('table').waitFor();
      await page.keyboard.press('Tab');
      for (const appearance of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: appearance });
        await page.locator(`html[data-appearance=${appearance}]`).waitFor();
        await drawer.locator('.ant-drawer-close').focus();
        const [ring, ground]: [string, string] = await page.evaluate(RING);
        expect(contrast(ring, ground)).toBeGreaterThanOrEqual(3);
      }
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is dark where the system is, or as one chooses, which is kept; on paper it is light',
    async () => {
      const page = await office.open('officer');
      await settled(page);
      const ground = async (appearance: 'light' | 'dark') => {
        await page.locator(`html[data-appearance=${appearance}]`).waitFor();
        return page.evaluate('getComputedStyle(document.body).backgroundColor');
      };
      const light = await ground('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await ground('dark')).not.toBe(light);

      await page.getByRole('button', { name: '浅色' }).click();
      expect(await ground('light')).toBe(light);
      await page.reload();
      await settled(page);
      expect(await ground('light')).toBe(light);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.getByRole('button', { name: '深色' }).click();
      expect(await ground('dark')).not.toBe(light);
      const ink = () => page.evaluate('getComputedStyle(document.body).color');
      const onScreen = await ink();
      await page.emulateMedia({ media: 'print' });
      expect(['rgba(0, 0, 0, 0)', light]).toContain(await ground('light'));
      expect(await ink()).not.toBe(onScreen);
      await page.context().close();
    },
    A_MINUTE,
  );
});
