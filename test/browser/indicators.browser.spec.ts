import type { Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { addMonths } from '../../libs/core/month-range';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

function row(page: Page, title: string) {
  return page
    .getByRole('table', { name: '指标、目标与进度' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: `${title}：口径、走势与预测`, exact: true }) });
}

/** 30 recruited in each of ten months of 2024, 20 a month in 2023; five of eight requests agreed. */
async function fill(source: DataSource): Promise<void> {
  const recruited = (year: string, months: number, quantity: string) =>
    Array.from({ length: months }, (_, at) => entry({ quantity, occurredOn: `${addMonths(`${year}-01`, at)}-08` }));
  const cases = Array.from({ length: 8 }, (_, number) =>
    caseEntries('2024-03-05', [['ScreenRequested'], ['ScreenAnswered', number < 5 ? 'agreed' : 'refused']]),
  );
  await append(source, ...opening(), ...recruited('2023', 12, '20'), ...recruited('2024', 10, '30'));
  await append(source, ...cases.flat());
  await recompute(source, REGISTRY);
}

describeWithChromium('the page of indicators', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'lets the performance officer set a target, which then has a pace, a forecast in words and a light',
    async () => {
      const page = await office.open('officer', '/');
      await page.getByRole('link', { name: '指标', exact: true }).click();
      await page.getByText('2024 年还没有目标').waitFor();
      await page.getByRole('button', { name: '招募人数：口径、走势与预测' }).click();
      const drawer = page.getByRole('dialog').filter({ hasText: '目标与预测' });
      await drawer.getByRole('button', { name: '设定目标' }).click();
      const dialog = page.getByRole('dialog', { name: /招募人数：2024 年目标/ });
      await dialog.getByLabel('目标值（人）').fill('many');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.getByText('请填数字').waitFor();
      await dialog.getByLabel('目标值（人）').fill('400');
      await dialog.getByText('测试省 2024 年的目标定为 ≥ 400 人').waitFor();
      await dialog.getByRole('button', { name: '保存' }).click();
      await page.getByText('目标已保存。').waitFor();

      await drawer.getByText('慢于序时进度').waitFor();
      expect(await drawer.textContent()).toMatch(
        /到 2024-12-31：360 人.*80% 的可能在.*很难达到（1%）.*上年同月 × 今年增长系数/,
      );
      expect(await drawer.textContent()).toMatch(/上年同月200 人/);
      await drawer.getByText('预警').waitFor();
      await closedByEscape(drawer);
      const line = await row(page, '招募人数').textContent();
      expect(line).toMatch(/300 人.*200 人.*\+50\.0%.*≥ 400 人.*慢于序时进度.*完成 75\.00%.*预警/);
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'changes a target with a reason only, and keeps what stood',
    async () => {
      const page = await office.open('officer', '/?tab=indicators&indicator=registry.recruited');
      const drawer = page.getByRole('dialog').filter({ hasText: '目标与预测' });
      await drawer.getByRole('button', { name: '修改目标' }).click();
      const dialog = page.getByRole('dialog', { name: /招募人数：2024 年目标/ });
      await dialog.getByLabel('目标值（人）').fill('350');
      await dialog.getByText('由 ≥ 400 人 改为 ≥ 350 人').waitFor();
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.getByText('请写明修改理由').waitFor();
      await dialog.getByLabel('修改理由').fill('年中调整');
      await dialog.getByRole('button', { name: '保存' }).click();
      const history = drawer.getByRole('table', { name: '历次目标' });
      await history.getByRole('row', { name: /≥ 350 人.*年中调整/ }).waitFor();
      await history.getByRole('row', { name: /≥ 400 人/ }).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'splits a target to the cities: shown before it is set, with the remainder',
    async () => {
      const page = await office.open('officer', '/?tab=indicators&indicator=registry.recruited');
      const drawer = page.getByRole('dialog').filter({ hasText: '目标与预测' });
      await drawer.getByText('还没有分解到下级单位。').waitFor();
      await drawer.getByRole('button', { name: '分解到下级' }).click();
      const dialog = page.getByRole('dialog', { name: /目标分解/ });
      await dialog.getByText('自定比例').click();
      await dialog.getByLabel('甲市 的比例').fill('2');
      await dialog.getByLabel('乙市 的比例').fill('1');
      await dialog.getByText('除不尽的留在本级').click();
      await dialog.getByRole('button', { name: '试算' }).click();
      await dialog.getByRole('row', { name: /甲市.*≥ 233 人/ }).waitFor();
      await dialog.getByRole('row', { name: /乙市.*≥ 116 人/ }).waitFor();
      await dialog.getByRole('row', { name: /未分解.*1 人/ }).waitFor();
      await dialog.getByRole('button', { name: '按此设定' }).click();
      await page.getByText('已设定 2 个下级单位的目标。').waitFor();
      await drawer.getByRole('row', { name: /甲市.*≥ 233 人/ }).waitFor();
      await drawer.getByRole('row', { name: /未分解.*1 人/ }).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'tells missing, zero and a rate with its parts apart, and finds a figure by its name',
    async () => {
      const page = await office.open('clerk', '/?tab=indicators');
      expect(await row(page, '初筛成功率').textContent()).toMatch(/62\.50%5 \/ 8/);
      expect(await row(page, '寄送血样').textContent()).toContain('未报告');
      expect(await page.getByRole('button', { name: '组织捐献登记：口径' }).count()).toBe(0);
      await page.getByLabel('按名称查找指标').fill('初筛');
      await row(page, '招募人数').waitFor({ state: 'detached' });
      expect(await row(page, '初筛同意').count()).toBe(1);
      await page.getByLabel('按名称查找指标').fill('没有这样的');
      await page.getByText('没有符合条件的指标。').waitFor();

      await page.getByLabel('按名称查找指标').fill('');
      await page.getByRole('button', { name: '库容：口径、走势与预测', exact: true }).click();
      const drawer = page.getByRole('dialog').filter({ hasText: '口径' });
      await drawer.getByText('自建账起至期末累计：期初库容').waitFor();
      await drawer.getByText('减去退库', { exact: true }).waitFor();
      expect(await drawer.getByRole('button', { name: '设定目标' }).count()).toBe(0);
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'hands out the month’s bulletin, and fits a telephone in both languages',
    async () => {
      const page = await office.open('officer', '/?tab=indicators&period=2024-10', { width: 390 });
      await row(page, '招募人数').waitFor();
      await page.getByRole('button', { name: '2024-10 月报' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Word 文档（docx）' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/2024.*10.*\.docx$/);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Indicators, Oct 2024' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect(await page.locator('main').textContent()).not.toMatch(/指标|目标|未报告/);
      await page.context().close();
    },
    A_MINUTE,
  );
});
