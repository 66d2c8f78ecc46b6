import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

describeWithChromium('a late correction', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry({ quantity: '40', occurredOn: '2023-01-08' }));
      await recompute(source, REGISTRY);
      await closeAndRecompute(source, REGISTRY, '2023-01', 'tester');
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'says before it is saved which month it goes to and which figures it moves, an entry as well as a reversal',
    async () => {
      const path = '/?period=2023&figure=registry.recruited&at=2023&of=P';
      const page = await office.open('clerk', path, { org: 'P' });

      await page.getByRole('button', { name: /^冲销/ }).first().click();
      const dialog = page.getByRole('dialog', { name: '冲销这条记录' });
      const effect = dialog.getByRole('region', { name: '保存后的影响' });
      await effect.getByText('所属月份已结账，将作为调整记入 2023 年 2 月').waitFor();
      await effect
        .getByRole('row', { name: /招募人数.* 2023 年 40 人 —/ })
        .first()
        .waitFor();
      await dialog.getByRole('button', { name: /取.?消/ }).click();
      await dialog.waitFor({ state: 'hidden' });
      await closedByEscape(page.getByRole('dialog'));

      await page.getByRole('button', { name: '登记' }).first().click();
      const form = page.getByRole('dialog', { name: '登记' });
      await form.getByLabel('事项').click();
      await page.keyboard.type('招募');
      await page.keyboard.press('Enter');
      await form.getByLabel('发生日期').fill('2023-01-09');
      await form.locator('#quantity').fill('7');
      const answered = page.waitForResponse(
        (response) => response.request().method() === 'POST' && new URL(response.url()).pathname === '/api/entries',
      );
      await form.getByRole('button', { name: /^登\s?记$/ }).click();
      expect((await answered).ok()).toBe(false);
      const late = form.getByRole('region', { name: '保存后的影响' });
      await late.getByText('所属月份已结账，将作为调整记入 2023 年 2 月').waitFor();
      await late
        .getByRole('row', { name: /招募人数.* 2023 年 40 人 47 人/ })
        .first()
        .waitFor();
      await form.getByLabel('说明原因').fill('补登记');
      await form.getByRole('button', { name: /^登\s?记$/ }).click();
      await page.getByText('已登记').first().waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
