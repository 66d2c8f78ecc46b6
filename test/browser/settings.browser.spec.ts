import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

describeWithChromium('the page of settings', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(
        source,
        ...opening(),
        entry({ kind: 'DonorWithdrawn', outcome: 'from_available', reason: 'DO', donorCode: 'W1' }),
      );
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'lets an administrator choose a meaning from an open month on, with a reason, and says before what follows',
    async () => {
      const page = await office.open('administrator', '/');
      await page.getByRole('link', { name: '口径设置', exact: true }).click();
      await page.getByRole('button', { name: '改变口径：库容：是否减去退库' }).click();
      const dialog = page.getByRole('dialog', { name: /库容/ });
      expect(await dialog.getByRole('button', { name: '改变口径' }).isDisabled()).toBe(true);
      await dialog.getByLabel('不减退库').check();
      await dialog.getByText('已结账的月份不变').waitFor();
      await dialog.getByRole('combobox', { name: '从哪个月起' }).fill('2024-05');
      await page.keyboard.press('Enter');
      await dialog.getByText('从 2024-05 起改为“不减退库”').waitFor();
      await dialog.getByRole('button', { name: '改变口径' }).click();
      await dialog.getByText('请写明改变口径的理由').waitFor();
      await dialog.getByLabel('理由').fill('省里统一口径');
      await dialog.getByRole('button', { name: '改变口径' }).click();
      await page.getByText('已改变，正在重新计算。').waitFor();
      await page
        .getByRole('table', { name: /库容.*历次选择/ })
        .getByRole('row', { name: /2024-05 不减退库 省里统一口径/ })
        .waitFor();
      expect(await page.getByRole('listitem').filter({ hasText: '不减退库' }).first().textContent()).toContain('现行');
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is read by all others on the card, with its versions and what is otherwise',
    async () => {
      const page = await office.open('clerk', '/?tab=indicators&indicator=registry.stock_eop');
      const card = page.getByRole('dialog').filter({ hasText: '口径设置' });
      expect(await card.getByRole('listitem').filter({ hasText: '不减退库' }).textContent()).toContain('现行');
      await card.getByRole('row', { name: /1\.1 2024-05 起.*去掉 退库/ }).waitFor();
      await card.getByText('期间内口径有变（2024-05 起）').waitFor();
      expect(await page.getByRole('link', { name: '口径设置' }).count()).toBe(0);
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is chosen by the registry’s own administrator only, and fits a telephone in English',
    async () => {
      const page = await office.open('administrator', '/?tab=settings', { org: 'A', width: 390 });
      await page.getByText('口径由资料库的管理员统一选择。').waitFor();
      expect(await page.getByRole('button', { name: '改变口径' }).count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Meanings' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.context().close();
    },
    A_MINUTE,
  );
});
