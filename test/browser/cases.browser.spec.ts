import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;
let code: string;

describeWithChromium('the requests', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      const way = caseEntries('2024-03-01', [
        ['ScreenRequested'],
        ['ScreenAnswered', 'agreed'],
        ['RemobiliseRequested'],
      ]);
      code = way[0]!.caseCode!;
      await append(source, ...opening(), ...way, ...caseEntries('2024-04-01', [['ScreenRequested']]));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'stand by age; one tells how far it is and what is next, and its button opens the form filled in',
    async () => {
      const page = await office.open('clerk', '/?tab=cases');
      const list = page.getByRole('table', { name: '在办的请求' });
      await list.getByRole('button', { name: `打开个案 ${code}` }).waitFor();
      expect(await list.getByRole('button').first().textContent()).toBe(code);
      await list.getByRole('button', { name: `打开个案 ${code}` }).click();
      await page.getByRole('heading', { name: `请求 ${code}` }).waitFor();
      await page.getByText(/2024-03-03 起等待/).waitFor();
      await page.getByText('联系捐献者，登记再动员答复').waitFor();
      expect(await page.getByRole('list', { name: '各环节' }).textContent()).toMatch(/再动员2024-03-03初筛同意后 1 天/);

      await page.getByRole('button', { name: '登记“再动员答复”' }).click();
      const form = page.getByRole('dialog', { name: '登记' });
      expect(await form.getByLabel('请求编号').inputValue()).toBe(code);
      await form.getByLabel('发生日期').fill('2024-03-08');
      await form.getByText('同意').click();
      await form.getByText('可以登记，将记入').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByText('已登记').first().waitFor();
      await page.getByRole('button', { name: '登记“高分辨”' }).waitFor();
      await page.getByText('相隔 5 天').waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'are found by code; one that is not there is said so',
    async () => {
      const page = await office.open('auditor', '/?tab=cases');
      await page.getByRole('searchbox', { name: '按请求编号查找' }).fill('R-NONE');
      await page.keyboard.press('Enter');
      await page.getByText('没有编号为“R-NONE”的请求').waitFor();
      await page.getByRole('searchbox', { name: '按请求编号查找' }).fill(code);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `请求 ${code}` }).waitFor();
      expect(await page.getByRole('button', { name: /^登记“/ }).count()).toBe(0);
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
