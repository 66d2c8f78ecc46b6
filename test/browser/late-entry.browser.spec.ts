import { chromium, type Browser } from 'playwright-core';
import { beginSession } from '../../libs/accounts/sessions';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { Program } from '../support/program';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const MINUTES = 60_000;

let database: TestDatabase;
let program: Program;
let browser: Browser;
let address: string;

describeWithChromium('a late correction', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    await append(database.source, ...opening(), entry({ quantity: '40', occurredOn: '2023-01-08' }));
    await recompute(database.source, REGISTRY);
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
    program = await Program.start('alone', [], {
      PORT: '0',
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
    });
    address = (await program.says(/ready .*(http:\/\/127\.0\.0\.1:\d+)/))[1] ?? '';
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  }, 3 * MINUTES);

  afterAll(async () => {
    await browser?.close();
    await program?.kill('SIGTERM');
    await database?.drop();
  }, MINUTES);

  it(
    'says before it is saved which month it goes to and which figures it moves, an entry as well as a reversal',
    async () => {
      const account = await makeAccount(database.source, 'clerk', { org: 'P' });
      const token = await beginSession(database.source.manager, account, null);
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
      context.setDefaultTimeout(15_000);
      await context.addCookies([{ name: 'marrow', value: token, url: address, httpOnly: true, sameSite: 'Strict' }]);
      const page = await context.newPage();
      await page.goto(`${address}/?period=2023&figure=registry.recruited&at=2023&of=P`);

      await page.getByRole('button', { name: /^冲销/ }).first().click();
      const dialog = page.getByRole('dialog', { name: '冲销这条记录' });
      const effect = dialog.getByRole('region', { name: '保存后的影响' });
      await effect.getByText('所属月份已结账，将作为调整记入 2023 年 2 月').waitFor();
      await effect
        .getByRole('row', { name: /招募人数 2023 年 40 —/ })
        .first()
        .waitFor();
      await dialog.getByRole('button', { name: /取.?消/ }).click();
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: '登记' }).first().click();
      const form = page.getByRole('dialog', { name: '登记' });
      await form.getByLabel('事项').click();
      await page.keyboard.type('招募');
      await page.keyboard.press('Enter');
      await form.getByLabel('发生日期').fill('2023-01-09');
      await form.locator('#quantity').fill('7');
      await form.getByRole('button', { name: /^登\s?记$/ }).click();
      const late = form.getByRole('region', { name: '保存后的影响' });
      await late.getByText('所属月份已结账，将作为调整记入 2023 年 2 月').waitFor();
      await late
        .getByRole('row', { name: /招募人数 2023 年 40 47/ })
        .first()
        .waitFor();
      await form.getByLabel('说明原因').fill('补登记');
      await form.getByRole('button', { name: /^登\s?记$/ }).click();
      await page.getByText('已登记').first().waitFor();
      await context.close();
    },
    2 * MINUTES,
  );
});
