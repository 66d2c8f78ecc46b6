import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry } from '../support/small-registry';

let office: BrowsedOffice;

describeWithChromium('the form of a reported value', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start((source) => append(source, entry()));
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'takes its evidence as a file, says why one is not taken, and logs the code of the one that is',
    async () => {
      const page = await office.open('clerk');
      await page.getByRole('button', { name: '登记' }).first().click();
      const form = page.getByRole('dialog');
      await form.getByLabel('事项').click();
      await page.keyboard.type('捐献者满意度');
      await page.keyboard.press('Enter');
      const chooser = form.locator('input[type=file]');
      await chooser.setInputFiles({ name: '问卷.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
      await form.getByText('其实是网页').waitFor();
      await chooser.setInputFiles({ name: '问卷.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
      await form.getByText('已存入“问卷.pdf”').waitFor();
      const code = await form.getByLabel('佐证编号').inputValue();
      expect(code).toMatch(/^E(-[A-Z]{4}){3}$/);

      await form.getByLabel('发生日期').fill('2024-04-02');
      await form.locator('#quantity').fill('91');
      await form.getByLabel('数据来源').fill('年终问卷');
      await form.getByRole('button', { name: /^登\s?记$/ }).click();
      await page.getByText('已登记').first().waitFor();
      const [logged] = await office.source.query(`select attributes from entry where kind = 'DonorSatisfaction'`);
      expect(logged).toEqual({ attributes: { source: '年终问卷', evidence: code } });
    },
    A_MINUTE,
  );
});
