import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { stands } from '../support/stands';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

describeWithChromium('the form of an entry', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry(), ...caseEntries('2024-06-01', [['ScreenRequested']]));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'takes an entry by keyboard alone in under ten seconds, gives the focus back, and offers another and an undo',
    async () => {
      const page = await office.open('clerk', '/?tab=ledger');
      // It is there before anybody asks for it: what is typed after the key N is not lost.
      const script = await page.waitForResponse(/\/assets\/entry-drawer-[^/]+\.js$/);
      // Comes after the page's own, which was asked for first.
      await page.evaluate(`import(${JSON.stringify(script.url())})`);
      await page.getByText(/共 \d+ 条/).waitFor();
      const began = Date.now();
      // Without waiting for the form: not a key is lost, and what is found is listed below its field.
      await page.keyboard.press('n');
      await page.keyboard.type('招募登记');
      const form = page.getByRole('dialog', { name: '登记' });
      const option = page.locator('.ant-select-item-option').getByText('招募登记', { exact: true });
      await option.waitFor();
      await stands(page);
      const [field, found] = [
        await form
          .locator('.ant-select')
          .filter({ has: page.getByLabel('事项') })
          .boundingBox(),
        await option.boundingBox(),
      ];
      expect(found!.x).toBeGreaterThanOrEqual(field!.x);
      expect(found!.x + found!.width).toBeLessThanOrEqual(field!.x + field!.width);
      expect(found!.y).toBeGreaterThanOrEqual(field!.y + field!.height);
      await page.keyboard.press('Enter');
      for (let turn = 0; turn < 8; turn += 1) {
        if ((await form.locator('#quantity:focus').count()) > 0) break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.type('23');
      await page.keyboard.press('Control+Enter');
      await page.getByText('已登记').first().waitFor();
      expect(Date.now() - began).toBeLessThan(10_000);
      await form.waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: '再记一条' }).click();
      await form.getByText('招募登记').filter({ visible: true }).first().waitFor();
      // What was said of the last one does not lie upon the buttons of the next.
      const [said, button] = [
        await page.getByRole('button', { name: '撤销' }).boundingBox(),
        await form.getByRole('button', { name: '登记并继续' }).boundingBox(),
      ];
      expect(said!.x + said!.width).toBeLessThan(button!.x);
      await closedByEscape(form);
      await page.getByRole('button', { name: '撤销' }).click();
      await page.getByText('已撤销（记为冲销）').waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'says while one types what a guard refuses, and keeps what was typed over a reload',
    async () => {
      const page = await office.open('clerk', '/?tab=ledger');
      await page.getByText(/共 \d+ 条/).waitFor();
      await page.keyboard.press('n');
      const form = page.getByRole('dialog', { name: '登记' });
      await form.getByLabel('事项').click();
      await page.keyboard.type('高分结果');
      await page.keyboard.press('Enter');
      await form.getByLabel('请求编号').fill('R1');
      await form.getByLabel('捐献者编号').fill('D1');
      await form.getByText('相合', { exact: true }).click();
      await form
        .getByRole('status')
        .getByText(/高分答复/)
        .waitFor();
      await page.reload();
      await page.getByText(/共 \d+ 条/).waitFor();
      await page.keyboard.press('n');
      await form.getByText('上次没有登记完的内容还在').waitFor();
      expect(await form.getByLabel('请求编号').inputValue()).toBe('R1');
      await form.getByRole('button', { name: '清空' }).click();
      expect(await form.getByLabel('请求编号').count()).toBe(0);
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
