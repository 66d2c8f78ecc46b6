import { A_MINUTE, BrowsedOffice, settled, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';

let office: BrowsedOffice;

/** Run in a page: whether a list stands above or below the field that opened it. */
const AT_ITS_FIELD = `(() => {
  const [list, field] = ['.ant-select-dropdown', '[role=combobox][aria-expanded=true]'].map((one) =>
    document.querySelector(one)?.getBoundingClientRect());
  if (!list || !field) return false;
  const near = (one, other) => Math.abs(one - other) < 40;
  return near(list.left, field.left) && (near(list.top, field.bottom) || near(list.bottom, field.top));
})()`;

describeWithChromium('the page, for whoever asks for less motion', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async () => undefined);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'opens a list at its field and keeps it there, and closes what it opened',
    async () => {
      const page = await office.open('clerk', '/?tab=import');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await settled(page);
      const field = page.getByRole('combobox', { name: '这份文件登记的是' });
      const list = page.locator('.ant-select-dropdown');
      await field.click();
      await page.waitForFunction(AT_ITS_FIELD);
      // The field moves with the window, and its list with it.
      await page.setViewportSize({ width: 1000, height: 700 });
      await page.waitForFunction(AT_ITS_FIELD);
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: '登记', exact: true }).first().click();
      await page.getByRole('dialog').getByLabel('事项').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'calls a button what it was called before, however soon its press is answered',
    async () => {
      const page = await office.open('clerk');
      await settled(page);
      await page.getByRole('button', { name: '登记', exact: true }).first().click();
      const form = page.getByRole('dialog', { name: '登记' });
      await form.getByLabel('事项').click();
      await page.keyboard.type('招募');
      await page.keyboard.press('Enter');
      await form.getByLabel('发生日期').fill('2024-01-09');
      await form.locator('#quantity').fill('7');

      let delay = 0;
      await page.route('**/api/entries', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await page.waitForTimeout(delay);
        return route.fulfill({ status: 422, json: { message: '不收' } });
      });
      const button = form.getByRole('button', { name: '登记', exact: true });
      for (delay = 0; delay < 120; delay += 4) {
        await button.click();
        await form.locator('.ant-btn-loading').waitFor({ state: 'detached' });
      }
      await button.waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );
});
