import { chromium, type Browser, type Page } from 'playwright-core';
import { beginSession } from '../../libs/accounts/sessions';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { Program } from '../support/program';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
const MINUTES = 60_000;

let database: TestDatabase;
let program: Program;
let browser: Browser;
let page: Page;

describeWithChromium('the form of a reported value', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    const { source, url, ownerUrl } = database;
    await createSmallRegistry(source);
    await append(source, entry());
    program = await Program.start('alone', [], { PORT: '0', DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl });
    const address = (await program.says(/ready .*(http:\/\/127\.0\.0\.1:\d+)/))[1] ?? '';
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    const token = await beginSession(source.manager, await makeAccount(source, 'clerk'), null);
    const clerk = await browser.newContext({ locale: 'zh-CN' });
    await clerk.addCookies([{ name: 'marrow', value: token, url: address, httpOnly: true, sameSite: 'Strict' }]);
    page = await clerk.newPage();
    await page.goto(address);
  }, 3 * MINUTES);

  afterAll(async () => {
    await browser?.close();
    await program?.kill('SIGTERM');
    await database?.drop();
  }, MINUTES);

  it(
    'takes its evidence as a file, says why one is not taken, and logs the code of the one that is',
    async () => {
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
      const [logged] = await database.source.query(`select attributes from entry where kind = 'DonorSatisfaction'`);
      expect(logged).toEqual({ attributes: { source: '年终问卷', evidence: code } });
    },
    MINUTES,
  );
});
