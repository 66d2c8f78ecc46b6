import type { Page } from 'playwright-core';
import type { RoleCode } from '../../libs/accounts/roles';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, opening } from '../support/small-registry';

const TWICE: [string][] = [['ScreenRequested'], ['ScreenRequested']];

let office: BrowsedOffice;

async function open(role: RoleCode, width = 1440): Promise<Page> {
  const page = await office.open(role, '/', { name: `${role}${width}`, width });
  await turnTo(page, '数据质量');
  return page;
}

function findings(page: Page) {
  return page
    .getByRole('table', { name: '发现的问题' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });
}

async function choose(page: Page, field: string, what: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: what }).click();
}

describeWithChromium('the page of data quality', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start((source) => {
      const cases = Array.from({ length: 27 }, (_, at) =>
        caseEntries(`2024-06-${String(at + 1).padStart(2, '0')}`, TWICE),
      );
      return append(source, ...opening(), ...cases.flat());
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'says before the first look how one comes about; an auditor only reads, a reviewer has the rules look',
    async () => {
      const auditor = await open('auditor');
      await auditor.getByRole('heading', { name: '还没有检查过' }).waitFor();
      expect(await auditor.getByRole('button', { name: '现在检查' }).count()).toBe(0);

      const page = await open('reviewer');
      await page.getByRole('button', { name: '现在检查' }).click();
      await page.getByText('检查完毕。').waitFor();
      await choose(page, '规则', '一个请求有两次初筛');
      await page.getByText('登记了 2 次，应为 1 次').first().waitFor();
      expect(await findings(page).first().textContent()).toMatch(/存疑.*甲市2024-06.*无人待处理/);
      expect(await findings(page).first().textContent()).toContain('实际 2，应为 1');

      await auditor.reload();
      await auditor.getByText('登记了 2 次，应为 1 次').first().waitFor();
      expect(await auditor.getByRole('button', { name: '认领' }).count()).toBe(0);
      await Promise.all([auditor, page].map((one) => one.context().close()));
    },
    2 * A_MINUTE,
  );

  it(
    'turns pages, and lists by severity and rule',
    async () => {
      const page = await open('auditor', 1280);
      await choose(page, '规则', '一个请求有两次初筛');
      await findings(page).nth(24).waitFor();
      expect(await findings(page).count()).toBe(25);
      await page.getByRole('button', { name: '较早的' }).click();
      await page.getByText('第 2 页').waitFor();
      expect(await findings(page).count()).toBe(2);
      await choose(page, '程度', '拖延');
      await page.getByText('各条规则').first().waitFor();
      await findings(page).filter({ hasText: '存疑' }).first().waitFor({ state: 'detached' });
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is taken, found right with its reason, and opened again',
    async () => {
      const page = await open('clerk');
      await choose(page, '规则', '一个请求有两次初筛');
      const first = findings(page).first();
      await first.getByRole('button', { name: '认领' }).click();
      await first.getByText('clerk1440').waitFor();
      await first.getByRole('button', { name: '确认无误' }).click();
      const dialog = page.getByRole('dialog', { name: '确认无误' });
      await dialog.getByRole('button', { name: '确认无误' }).click();
      await dialog.getByText('请写明为什么是对的').waitFor();
      await dialog.getByLabel('为什么是对的').fill('两次来函，各登记一次');
      await dialog.getByRole('button', { name: '确认无误' }).click();
      await dialog.waitFor({ state: 'detached' });

      await page.getByText('已确认', { exact: true }).first().click();
      await first.getByText('两次来函，各登记一次').waitFor();
      expect(await findings(page).count()).toBe(1);
      await first.getByRole('button', { name: '重新打开' }).click();
      await page.getByRole('heading', { name: '没有符合条件的问题' }).waitFor();
      await page.getByRole('button', { name: '查看全部' }).click();
      await findings(page).first().waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'fits a telephone, and is told in English',
    async () => {
      const page = await open('auditor', 390);
      await findings(page).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('Nobody').or(page.getByText('nobody')).first().waitFor();
      await page.getByRole('heading', { name: 'Data quality' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.context().close();
    },
    A_MINUTE,
  );
});
