import type { Page } from 'playwright-core';
import type { RoleCode } from '../../libs/accounts/roles';
import { dateInShanghai } from '../../libs/core/period';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';
import { writtenAgo } from '../support/written-ago';

let office: BrowsedOffice;

/** A page of somebody who is signed in. */
async function signedIn(role: RoleCode, org: string, width?: number): Promise<Page> {
  const page = await office.open(role, '/', { org, width });
  await turnTo(page, '月结');
  return page;
}

/** Turns to the year of a month, and opens it. */
async function show(page: Page, month: string): Promise<void> {
  await page.getByRole('table', { name: /^月结/ }).waitFor();
  const years = page.getByRole('navigation', { name: '年度' });
  while ((await page.getByRole('button', { name: month, exact: true }).count()) === 0) {
    await years.getByRole('button', { name: '前一年' }).click();
  }
  await page.getByRole('button', { name: month, exact: true }).click();
  await page.getByRole('heading', { name: `${month} 报送情况` }).waitFor();
}

/** A day of a year ago at most, whose last digit makes another day of it. */
function dayOfThePast(): string {
  return `${dateInShanghai(new Date(Date.now() - 300 * 86_400_000)).slice(0, 8)}15`;
}

/** A date as it is typed into a date field, whose parts stand in the order of the browser's own language. */
async function asTyped(page: Page, date: string): Promise<string> {
  const [year = '', month = '', day = ''] = date.split('-');
  const blank = await page.context().newPage();
  await blank.setContent('<input type="date" value="2004-05-06">');
  const field = blank.locator('input');
  await field.focus();
  await blank.keyboard.press('ArrowUp');
  const first = await field.inputValue();
  await blank.close();
  if (first.startsWith('2005')) return year + month + day;
  return first.endsWith('07') ? day + month + year : month + day + year;
}

/** What the keyboard is at, by its name. */
function focused(page: Page): Promise<unknown> {
  return page.evaluate(`document.activeElement.getAttribute('aria-label')`);
}

describeWithChromium('the months', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(
      async (source) => {
        await append(source, ...opening(), entry({ quantity: '40', occurredOn: '2023-01-08' }));
        await recompute(source, REGISTRY);
      },
      (ownerUrl) => writtenAgo(ownerUrl, 400),
    );
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'are checked and submitted by a city’s reviewer, on a telephone too, and closed by nobody of a city',
    async () => {
      const page = await signedIn('reviewer', 'A', 390);
      // The first month that is open is the one that people come for.
      await page.getByRole('heading', { name: '2023-01 报送情况' }).waitFor();
      await page.getByText('报送后由资料库结账').waitFor();
      expect(await page.getByRole('button', { name: /^结账/ }).count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);

      await page.getByRole('button', { name: '核对并报送 甲市' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('报送时各记一条零报告').waitFor();
      await dialog.getByLabel('说明（可不填）').fill('本月无异常');
      await dialog.getByRole('button', { name: '报送', exact: true }).click();
      await page.getByText('甲市 已报送 2023-01').waitFor();
      await page.getByText('本月无异常').waitFor();
      await page.getByText(/^零报告：/).waitFor();
      await page.getByRole('button', { name: '查看 甲市' }).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'are closed by the registry’s reviewer, with a reason where a city is missing, and reopened with what it undoes',
    async () => {
      const page = await signedIn('reviewer', 'P');
      await page.getByRole('heading', { name: '2023-01 报送情况' }).waitFor();
      await show(page, '2023-02');
      await page.getByText('先结 2023-01').waitFor();
      expect(await page.getByRole('button', { name: '结账 2023-02' }).count()).toBe(0);
      await page.goto(`${office.address}/?tab=months`);

      await page.getByRole('button', { name: '结账 2023-01' }).click();
      const closing = page.getByRole('dialog');
      await closing.getByText(/还没有报送的：.*乙市/).waitFor();
      await closing.getByRole('button', { name: '结账', exact: true }).click();
      await closing.getByText('请写明理由').waitFor();
      await closing.getByLabel('理由').fill('乙市停电，下月补报');
      await closing.getByRole('button', { name: '结账', exact: true }).click();
      await page.getByText('2023-01 已结账').waitFor();

      // The month stays, though the next one is now the first that is open.
      const seal = page.getByRole('region', { name: '封存记录' });
      await seal.getByText(/第 1 次结账/).waitFor();
      await seal.getByText('乙市停电，下月补报').waitFor();
      expect(await seal.getByRole('code').textContent()).toMatch(/^[0-9a-f]{64}$/);

      // Sealed figures say so.
      await page.goto(`${office.address}/?tab=funnel&period=2023-01`);
      await page.getByRole('img', { name: /已封存.*第 1 次结账/ }).waitFor();

      await page.getByRole('link', { name: '月结', exact: true }).click();
      await show(page, '2023-01');
      await page.getByRole('button', { name: '重开 2023-01' }).click();
      const reopening = page.getByRole('dialog');
      await reopening.getByText(/将依次重开：2023-01。.*个已封存的数值此后可能变动/).waitFor();
      await reopening.getByLabel('理由').fill('更正一月的登记');
      await reopening.getByRole('button', { name: '重开', exact: true }).click();
      await page.getByText('已重开到 2023-01').waitFor();
      await page.getByRole('button', { name: '结账 2023-01' }).waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'can be looked at by clerk and auditor, who submit and close none',
    async () => {
      for (const role of ['clerk', 'auditor'] as const) {
        const page = await signedIn(role, 'P');
        await page.getByRole('button', { name: '查看 甲市' }).click();
        await page
          .getByRole('dialog')
          .getByText(/没有发现异常|看起来不寻常/)
          .waitFor();
        expect(await page.getByRole('dialog').getByRole('button', { name: '报送', exact: true }).count()).toBe(0);
        expect(await page.getByRole('button', { name: /^(结账|重开|核对并报送)/ }).count()).toBe(0);
        await page.context().close();
      }
    },
    A_MINUTE,
  );

  it(
    'that were closed are a moment to look back to from any figure, and so is a day',
    async () => {
      const late = entry({ quantity: '5', occurredOn: '2023-01-09', justification: '迟到的登记' });
      await closeAndRecompute(office.source, REGISTRY, '2023-01', 'tester', '乙市无业务');
      await append(office.source, late);
      await recompute(office.source, REGISTRY);
      const page = await office.open('clerk', '/?tab=funnel&period=2023&figure=registry.recruited&at=2023&of=P');
      const drawer = page.getByRole('dialog');
      await drawer.getByText('2 条记录，合计 45').waitFor();
      await drawer.getByRole('combobox', { name: '按哪一刻的台账' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByTitle('2023-01 结账时').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await drawer.getByText('1 条记录，合计 40').waitFor();
      await drawer.getByText(/这是当时的数字和名单：台账位置 \d+/).waitFor();
      expect(new URL(page.url()).searchParams.get('asOf')).toBe('seal:2023-01');
      expect(await focused(page)).toBe('按哪一刻的台账');
      await drawer.getByLabel('按哪一天日终的台账').fill(dateInShanghai(new Date()));
      await drawer.getByText('2 条记录，合计 45').waitFor();

      const past = dayOfThePast();
      const keys = await asTyped(page, past);
      await page.bringToFront();
      await drawer.getByLabel('按哪一天日终的台账').focus();
      await page.keyboard.type(keys);
      await page.waitForURL((url) => url.searchParams.get('asOf') === past);
      await drawer.getByText('1 条记录，合计 40').waitFor();
      expect(await focused(page)).toBe('按哪一天日终的台账');
      await page.context().close();
    },
    A_MINUTE,
  );
});
