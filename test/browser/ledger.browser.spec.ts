import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

const MANY = 900;

function rows(page: Page) {
  return page
    .getByRole('table', { name: '台账' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: /^打开/ }) });
}

describeWithChromium('the ledger', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      const days = Array.from(
        { length: MANY },
        (_, at) => `2024-0${(at % 9) + 1}-${String((at % 28) + 1).padStart(2, '0')}`,
      );
      await append(source, ...opening(), ...days.map((occurredOn) => entry({ occurredOn, org: 'B' })));
      await append(source, ...caseEntries('2024-10-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']]));
      await append(source, entry({ occurredOn: '2024-10-08', quantity: '40', note: '校园招募' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'scrolls through all entries with few rows in the page, and finds by code, note, kind and day',
    async () => {
      const page = await office.open('auditor', '/?tab=ledger');
      await page.getByText(`共 ${MANY + 5} 条`).waitFor();
      expect(await rows(page).count()).toBeLessThan(100);
      const list = page.getByRole('region', { name: '登记列表' });
      await list.focus();
      for (let turn = 0; turn < 40 && (await page.getByText('2023-01-01').count()) === 0; turn += 1) {
        await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        await page.waitForTimeout(100);
      }
      await page.getByText('2023-01-01').first().waitFor();
      expect(await rows(page).count()).toBeLessThan(100);

      const search = page.getByRole('search', { name: '查找登记' });
      await search.getByLabel('编号').fill('R1');
      await page.keyboard.press('Enter');
      await page.getByText('共 2 条').waitFor();
      expect(await rows(page).first().textContent()).toMatch(/2024-10-02.*初筛答复.*拒绝.*甲市/);
      expect(page.url()).toContain('code=R1');
      await search.getByRole('button', { name: '清除条件' }).click();
      await search.getByRole('button', { name: '更多条件' }).click();
      await search.getByLabel('备注含有').fill('校园');
      await page.keyboard.press('Enter');
      await page.getByText('共 1 条').waitFor();
      await search.getByLabel('登记人账号').fill('nobody');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '没有符合条件的登记' }).waitFor();
      expect(await page.getByRole('button', { name: /^登\s?记$/ }).count()).toBe(0);
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'opens an entry, corrects it, and tells what became of it; takes the found list along as a file',
    async () => {
      const page = await office.open('clerk', '/?tab=ledger&since=2024-10-08&until=2024-10-08');
      await page.getByRole('button', { name: /^打开 2024-10-08 甲市 招募登记/ }).click();
      const detail = page.getByRole('dialog', { name: '登记详情' });
      await detail.getByText('校园招募').waitFor();
      await detail.getByRole('button', { name: '招募人数' }).waitFor();
      await detail.getByRole('button', { name: '更正' }).click();
      const form = page.getByRole('dialog', { name: '更正登记' });
      await form.locator('#quantity').fill('41');
      await form.getByRole('button', { name: '保存更正' }).click();
      await form.getByText('请写明原因').waitFor();
      await form.getByLabel('说明原因').fill('漏计一人');
      await page.keyboard.press('Control+Enter');
      await page.getByText('已更正').first().waitFor();
      await detail.getByText('漏计一人').first().waitFor();
      await detail.getByText('更正为').waitFor();
      await form.waitFor({ state: 'hidden' });
      await closedByEscape(detail);
      await page.getByText('共 3 条').waitFor();

      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: '导出 Excel' }).click();
      expect((await download).suggestedFilename()).toBe('台账-测试省.xlsx');
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'takes several back for one reason, after it has said what would move',
    async () => {
      const [first, second] = ['5', '6'].map((quantity) =>
        entry({ id: randomUUID(), occurredOn: '2024-11-05', org: 'B', quantity }),
      );
      await append(office.source, first!, second!);
      const page = await office.open('clerk', '/?tab=ledger&since=2024-11-05');
      await page.getByText('共 2 条').waitFor();
      for (const box of await page.getByRole('checkbox', { name: /^选择/ }).all()) await box.check();
      await page.getByRole('button', { name: '冲销所选' }).click();
      const dialog = page.getByRole('dialog', { name: '冲销 2 条记录' });
      await dialog.getByRole('region', { name: '保存后的影响' }).getByText('招募人数').first().waitFor();
      await dialog.getByLabel('说明原因').fill('重复导入');
      await dialog.getByRole('button', { name: /^冲\s?销$/ }).click();
      await page.getByText('已冲销 2 条').waitFor();
      await page.getByText('共 4 条').waitFor();
      expect(await page.getByRole('checkbox', { name: /^选择/ }).count()).toBe(0);
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
