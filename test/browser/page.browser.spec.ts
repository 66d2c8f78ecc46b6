import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { Client } from 'pg';
import { createAccount } from '../../libs/accounts/accounts';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { beginSession } from '../../libs/accounts/sessions';
import { recompute } from '../../libs/indicators/recompute';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { Program } from '../support/program';
import { makeAccount } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { closedByEscape } from '../support/until-gone';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const MINUTES = 60_000;

let database: TestDatabase;
let program: Program;
let browser: Browser;
let address: string;
/** Of a clerk who is signed in. */
let clerk: BrowserContext;

/** A small demonstration: in 2024 eight requests of city A, five of them agreed, and 40 recruited there. */
async function fill(): Promise<void> {
  await createSmallRegistry(database.source);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('update registry set demonstration = true');
  await owner.end();
  const cases = Array.from({ length: 8 }, (_, number) =>
    caseEntries(`2024-0${number + 1}-05`, [['ScreenRequested'], ['ScreenAnswered', number < 5 ? 'agreed' : 'refused']]),
  );
  await append(database.source, ...opening(), entry({ quantity: '40', occurredOn: '2024-03-08' }), ...cases.flat());
  await recompute(database.source, REGISTRY);
}

async function open(width: number, path = '/?tab=funnel'): Promise<Page> {
  const page = await clerk.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${address}${path}`);
  return page;
}

function figure(page: Page, name: string) {
  return page.getByRole('button', { name: new RegExp(`^${name}：`) }).first();
}

describeWithChromium('the page', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    await fill();
    program = await Program.start('alone', [], {
      PORT: '0',
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
    });
    address = (await program.says(/ready .*(http:\/\/127\.0\.0\.1:\d+)/))[1] ?? '';
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    const token = await beginSession(database.source.manager, await makeAccount(database.source, 'clerk'), null);
    clerk = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN' });
    await clerk.addCookies([{ name: 'marrow', value: token, url: address, httpOnly: true, sameSite: 'Strict' }]);
  }, 3 * MINUTES);

  afterAll(async () => {
    await browser?.close();
    await program?.kill('SIGTERM');
    await database?.drop();
  }, MINUTES);

  it(
    'lets in who signs in, after the one-time password is changed, and breaks none of the rules that it sends along',
    async () => {
      const { manager } = database.source;
      const input = { name: '王芳', role: 'clerk', org: 'P' };
      const { oneTimePassword } = await createAccount(manager, await machineOwner(manager, REGISTRY), input);
      const page = await browser.newPage({
        reducedMotion: 'reduce',
        viewport: { width: 1440, height: 900 },
        locale: 'zh-CN',
      });
      const broken: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
      });
      await page.goto(address);
      await page.getByRole('heading', { name: '登录' }).waitFor();
      // No demonstration account where somebody else keeps the database.
      expect(await page.getByText('用演示账号进入').count()).toBe(0);

      await page.getByLabel('账号名').fill('王芳');
      await page.getByLabel('密码', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: /登\s?录$/ }).click();
      await page.getByText('账号名或密码不对').waitFor();
      await page.getByLabel('密码', { exact: true }).fill(oneTimePassword);
      await page.getByRole('button', { name: /登\s?录$/ }).click();

      await page.getByRole('heading', { name: '请设一个新密码' }).waitFor();
      await page.getByLabel('当前密码').fill(oneTimePassword);
      await page.getByLabel('新密码', { exact: true }).fill('青山 桌子 七号楼下');
      await page.getByLabel('再输一遍新密码').fill('青山 桌子 七号楼下');
      await page.getByRole('button', { name: '修改密码' }).click();

      await page.getByRole('link', { name: '总览' }).click();
      await figure(page, '初筛成功率').waitFor();
      await figure(page, '招募人数').click();
      await page.getByRole('dialog').getByText('2024-03-08').waitFor();
      await closedByEscape(page.getByRole('dialog'));
      expect(broken).toEqual([]);

      await page.getByRole('button', { name: /^退\s?出$/ }).click();
      await page.getByRole('heading', { name: '登录' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: '登录' }).waitFor();
      await page.close();
    },
    MINUTES,
  );

  it(
    'opens on the latest year with entries, says that it is a demonstration, and shows rates with their parts',
    async () => {
      const page = await open(1440);

      await page.getByText('演示数据').first().waitFor();
      await page.getByText('2024 年转化情况').waitFor();
      await figure(page, '初筛成功率').waitFor();
      expect(await figure(page, '初筛成功率').textContent()).toContain('62.50');
      await page
        .getByText(/^5 \/ 8$/)
        .first()
        .waitFor();
      await page.close();
    },
    MINUTES,
  );

  it(
    'opens the entries behind a figure, and they add up to it',
    async () => {
      const page = await open(1440);
      await figure(page, '招募人数').click();

      const drawer = page.getByRole('dialog');
      await drawer.getByText('2024-03-08').waitFor();
      expect(await drawer.textContent()).toContain('40');
      await page.close();
    },
    MINUTES,
  );

  it(
    'logs one entry from the form, after which the figure moves by itself, and takes it back',
    async () => {
      const page = await open(1440);
      await figure(page, '招募人数').waitFor();
      expect(await figure(page, '招募人数').textContent()).toContain('40');

      await page.getByRole('button', { name: '登记' }).first().click();
      const form = page.getByRole('dialog');
      await form.getByLabel('事项').click();
      await page.keyboard.type('招募');
      await page.keyboard.press('Enter');
      await form.getByLabel('单位').first().click();
      await page.keyboard.type('甲市');
      await page.keyboard.press('Enter');
      await form.getByLabel('发生日期').fill('2024-04-02');
      await form.locator('#quantity').fill('12');
      await form.getByRole('button', { name: /^登\s?记$/ }).click();

      await expectFigure(page, '招募人数', '52');
      await page.getByRole('button', { name: /^撤\s?销$/ }).click();
      await expectFigure(page, '招募人数', '40');
      await page.close();
    },
    MINUTES,
  );

  it(
    'shows the self-assessment filled from the same values',
    async () => {
      const page = await open(1440, '/?tab=assessment&form=hunan&show=papers');

      const form = page.getByRole('link', { name: '自评表（xlsx）' });
      expect(await form.getAttribute('href')).toContain('/api/assessments/hunan/2024/files/form.xlsx');
      await page.getByRole('navigation', { name: '自评内容' }).getByRole('button', { name: '自评表' }).click();
      await page.getByText('62.50').first().waitFor();

      // On a telephone each line stands whole, without anything to push aside.
      await page.setViewportSize({ width: 390, height: 900 });
      const wide = await page
        .locator('.scroll')
        .evaluateAll((boxes) => boxes.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth));
      expect(wide).toEqual([]);
      await page.close();
    },
    MINUTES,
  );

  it(
    'tells an auditor of a demonstration that nightly drills are an office’s, and lists none to come',
    async () => {
      const token = await beginSession(database.source.manager, await makeAccount(database.source, 'auditor'), null);
      const auditor = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN' });
      await auditor.addCookies([{ name: 'marrow', value: token, url: address, httpOnly: true, sameSite: 'Strict' }]);
      const page = await auditor.newPage();
      await page.goto(address);
      await page.getByRole('link', { name: '备份演练' }).click();
      await page.getByText('演示数据是虚构的，每晚不做演练').waitFor();
      await page.goto(`${address}/?tab=jobs`);
      const schedules = page.getByRole('table', { name: '定时任务' });
      await schedules.getByRole('rowheader', { name: '检查数据质量' }).waitFor();
      expect(await schedules.getByRole('rowheader', { name: '备份并演练恢复' }).count()).toBe(0);
      await auditor.close();
    },
    MINUTES,
  );

  it.each(['/', '/?tab=funnel', '/?tab=assessment', '/?tab=assessment&form=hunan', '/?figure=registry.recruited'])(
    'does not scroll sideways on a telephone: %s',
    async (path) => {
      const page = await open(390, path);
      await page.getByText('演示数据').first().waitFor();
      await page.waitForLoadState('networkidle');

      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.close();
    },
    MINUTES,
  );
});

async function expectFigure(page: Page, name: string, value: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${name}：${value}\\b`) })
    .first()
    .waitFor({ timeout: 15_000 });
}
