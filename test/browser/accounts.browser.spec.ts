import { generateSync } from 'otplib';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { freePort } from '../support/free-port';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { OpenidProvider } from '../support/openid-provider';
import { Program } from '../support/program';
import { stands } from '../support/stands';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const MINUTES = 60_000;
const PASSWORD = '青山 桌子 七号楼下 雨';

let database: TestDatabase;
let provider: OpenidProvider;
let program: Program;
let address: string;
/** The one that the program prints at its first start. */
let link: string;
let browser: Browser;
let administrator: BrowserContext;

describeWithChromium('the first people of an office', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    provider = await OpenidProvider.start();
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    program = await Program.start('alone', [], {
      PORT: String(port),
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      // Another site than the provider's, as browsers reckon sites.
      PUBLIC_URL: `http://localhost:${port}`,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.client.clientId,
      OIDC_CLIENT_SECRET: provider.client.clientSecret,
    });
    [, link = ''] = await program.says(/There is no administrator yet\. .*(http:\S+#setup=\S+)/);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
    administrator = await browser.newContext({
      reducedMotion: 'reduce',
      locale: 'zh-CN',
      viewport: { width: 390, height: 844 },
    });
    administrator.setDefaultTimeout(10_000);
  }, 3 * MINUTES);

  afterAll(async () => {
    await browser?.close();
    await program?.kill('SIGTERM');
    await provider?.close();
    await database?.drop();
  }, MINUTES);

  it(
    'set it up by the link, cities pasted as a list, each mistake said beside its field, and enrol a second factor',
    async () => {
      const page = await administrator.newPage();
      await page.goto(link);
      await page.getByLabel('资料库名称').fill('测试省资料库');
      await page.getByLabel('代码', { exact: true }).fill('hn');
      await page.getByLabel('启用日期').fill('2024-01-01');
      await page.getByLabel('市州').fill('HN01\t长沙市\n湘潭市\nHN01 株洲市');
      await page.getByText('共 3 个：HN01 长沙市、HN02 湘潭市、HN01 株洲市').waitFor();
      await page.getByLabel('管理员账号名').fill('张伟');
      await page.getByLabel('管理员密码').fill(PASSWORD);
      await page.getByLabel('再输一遍密码').fill('another');
      const finish = page.getByRole('button', { name: '完成设置' });
      await finish.click();
      await page.getByText('两次输入的密码不一样').waitFor();
      await page.getByLabel('再输一遍密码').fill(PASSWORD);
      await finish.click();
      await page.getByText('代码“HN01”用了两次').waitFor();
      await page.getByLabel('市州').fill('HN01\t长沙市\n湘潭市');
      await finish.click();

      const way = page.getByRole('heading', { name: '开启两步验证' });
      await way.waitFor();
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 400) refused.push(response.url());
      });
      await page.reload();
      await way.waitFor();
      await page.locator('code.secret').waitFor();
      expect(refused).toEqual([]);
      const secret = (await page.locator('code.secret').textContent())?.replace(/\s/g, '') ?? '';
      await page.getByLabel('验证器显示的 6 位数字').fill('x');
      await page.getByRole('button', { name: '开启' }).click();
      await page.getByText('验证码不对或已经用过').waitFor();
      await page.getByLabel('验证器显示的 6 位数字').fill(generateSync({ secret }));
      await page.getByRole('button', { name: '开启' }).click();
      await page.getByText('请抄下恢复码').waitFor();
      await doesNotScrollSideways(page);
      await page.getByRole('button', { name: '已抄好' }).click();
      await page.getByRole('heading', { name: '账号', exact: true }).waitFor();
      await doesNotScrollSideways(page);
      await page.close();
    },
    2 * MINUTES,
  );

  it(
    'are given accounts with a password that is shown once, which can be reset and disabled',
    async () => {
      const page = await administrator.newPage();
      await page.goto(address);
      await page.getByRole('button', { name: '增加账号' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('账号名').fill('李 娜');
      await dialog.getByLabel('姓名或岗位').fill('李娜');
      await dialog.getByRole('button', { name: '增加账号' }).click();
      await dialog.getByText('账号名为 2 到 32 个').waitFor();
      await dialog.getByLabel('账号名').fill('li.na');
      await dialog.getByRole('button', { name: '增加账号' }).click();
      const first = await oneTimePassword(page);
      expect(await page.getByText(first).count()).toBe(0);

      // Who typed it wrongly too often is seen to be locked out.
      for (let tries = 0; tries < 5; tries += 1) {
        await fetch(`${address}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'li.na', password: 'x' }),
        });
      }
      await page.reload();
      const person = page.getByRole('row', { name: /李娜/ });
      await person.getByText(/输错密码，锁定到 \d\d:\d\d/).waitFor();
      await choose(page, '李娜', '解除锁定');
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '解除锁定' }).click();
      await person.getByText(/锁定到/).waitFor({ state: 'detached' });

      await choose(page, '李娜', '重置密码');
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '重置密码' }).click();
      expect(await oneTimePassword(page)).not.toBe(first);

      await choose(page, '李娜', '停用');
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
      await page.getByText('已停用').waitFor();
      await choose(page, '李娜', '启用');
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '启用' }).click();
      await page.getByText('还没改一次性密码').waitFor();
      await page.close();
    },
    MINUTES,
  );

  it(
    'come in by the office’s provider once the administrator has entered the name that it has for them',
    async () => {
      const visitor = await browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
      visitor.setDefaultTimeout(10_000);
      provider.signedIn = { sub: 'one', email: 'li.na@example.org', email_verified: true };
      await visitor.goto(address.replace('127.0.0.1', 'localhost'));
      await visitor.getByRole('link', { name: '统一身份认证登录' }).click();
      await visitor.getByText('这里还没有对应的账号').waitFor();

      const page = await administrator.newPage();
      await page.goto(address);
      await page.getByRole('row', { name: /李娜/ }).getByRole('button', { name: '修改' }).click();
      await page.getByLabel('统一身份认证用户名').fill('Li.Na@example.org');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('等待首次统一身份认证').waitFor();

      await visitor.getByRole('link', { name: '统一身份认证登录' }).click();
      await visitor.getByRole('button', { name: /我的账号/ }).click();
      const account = visitor.getByRole('dialog', { name: '我的账号' });
      await account.getByRole('button', { name: '新建令牌' }).click();
      const dialog = visitor.getByRole('dialog', { name: '新建令牌' });
      await dialog.getByLabel('用途').fill('每晚导入');
      await dialog.getByLabel('登记与更正').check();
      await dialog.getByRole('button', { name: '新建令牌' }).click();
      const token = (await visitor.locator('.shown-once').textContent())?.trim() ?? '';
      const answer = await fetch(`${address}/api/session`, { headers: { authorization: `Bearer ${token}` } });
      expect(await answer.json()).toMatchObject({ name: 'li.na', via: 'token' });
      await stands(visitor);
      await visitor.getByRole('button', { name: '已记下，关闭' }).click();
      await account.getByRole('button', { name: '吊销 每晚导入' }).click();
      await visitor.getByRole('tooltip').getByRole('button', { name: '吊销' }).click();
      await account.getByText('每晚导入').waitFor({ state: 'detached' });
      await doesNotScrollSideways(visitor);

      await account.getByRole('button', { name: '退出所有地方' }).click();
      await visitor.getByRole('heading', { name: '登录' }).waitFor();
      await Promise.all([page.close(), visitor.close()]);
    },
    MINUTES,
  );
});

async function oneTimePassword(page: Page): Promise<string> {
  const shown = page.getByRole('dialog').filter({ hasText: '只显示这一次' });
  const password = (await shown.locator('.shown-once').textContent())?.trim() ?? '';
  expect(password).toMatch(/^[a-z\d]{4}(-[a-z\d]{4}){3}$/);
  expect(await shown.getByRole('button', { name: '取消' }).count()).toBe(0);
  await stands(page);
  await shown.getByRole('button', { name: '已记下，关闭' }).click();
  await shown.waitFor({ state: 'detached' });
  return password;
}

async function doesNotScrollSideways(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
}

/** From the menu of an account. One that has just closed may take the first click as another closing. */
async function choose(page: Page, person: string, what: string): Promise<void> {
  const entry = page.getByRole('menuitem', { name: what });
  for (let tries = 1; ; tries += 1) {
    await page.getByRole('button', { name: `更多：${person}` }).click();
    const shown = await entry.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (shown || tries === 3) return entry.click();
  }
}
