import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

describeWithChromium("a day's sheet", () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry({ occurredOn: '2024-05-10', quantity: '7' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'is filled by keyboard and from a spreadsheet, says in place what is wrong, survives a reload and a lost network, and is saved once',
    async () => {
      const page = await office.open(
        'clerk',
        '/?tab=sheet&day=2024-05-10&columns=RecruitmentRegistered,SampleCollected',
      );
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const sheet = page.getByRole('table', { name: '当日登记表' });
      const cell = (name: string) => sheet.getByRole('textbox', { name, exact: true });
      await sheet.getByText('已登记 7').waitFor();

      await cell('甲市 采样').focus();
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
      await page.keyboard.type('4');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.type('0');
      expect(await cell('甲一县 采样').inputValue()).toBe('4');
      expect(await cell('甲一县 招募登记').inputValue()).toBe('0');

      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify('１，２３４\t十二\r\n9\t8\t7\r\n')})`);
      await cell('甲一县 招募登记').focus();
      await page.keyboard.press('Control+V');
      expect(await cell('甲一县 招募登记').inputValue()).toMatch(/1234|１，２３４/);
      await sheet.getByText('不是数字，应如 112 或 1,120').waitFor();
      await page.getByText('超出表格，没有放进去：7').waitFor();
      expect(await page.getByRole('button', { name: '保存', exact: true }).isDisabled()).toBe(true);

      await page.reload();
      await sheet.getByText('不是数字，应如 112 或 1,120').waitFor();
      await cell('甲一县 采样').fill('12');
      expect(await sheet.getByRole('row', { name: /^合计/ }).textContent()).toContain('1,250');

      await page.context().setOffline(true);
      await page.keyboard.press('Control+S');
      await page.getByRole('alert').getByText('连不上服务').waitFor();
      await page.context().setOffline(false);
      await page.keyboard.press('Control+S');
      await page.getByText(/已保存：新登记 5 格，更正 0 格/).waitFor();
      await sheet.getByText('已登记 1,234').waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'corrects what stands, with a reason, and the number of the year follows',
    async () => {
      const page = await office.open('clerk', '/?tab=sheet&day=2024-05-10&columns=RecruitmentRegistered');
      const sheet = page.getByRole('table', { name: '当日登记表' });
      await sheet.getByText('已登记 7').waitFor();
      await sheet.getByRole('textbox', { name: '甲市 招募登记', exact: true }).fill('17');
      await sheet.getByText('更正 7 → 17').waitFor();
      // What saving would do is shown before it is done.
      const effect = page.getByRole('region', { name: '保存后的影响' });
      await effect
        .getByRole('row', { name: /招募人数/ })
        .first()
        .waitFor();
      await page.getByRole('button', { name: /保存$/ }).click();
      await page.getByRole('alert').getByText('请写明原因').waitFor();
      await page.getByLabel('说明原因').fill('少记 10 人');
      await page.getByRole('button', { name: /保存$/ }).click();
      await page.getByText(/已保存：新登记 0 格，更正 1 格/).waitFor();
      await sheet.getByText('已登记 17').waitFor();
      const [stands] = await office.source.query(
        `select sum(quantity)::text as total, count(*)::integer as entries from entry
          where occurred_on = '2024-05-10' and org = 'A' and kind = 'RecruitmentRegistered'`,
      );
      expect(stands).toEqual({ total: '17', entries: 3 });
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
