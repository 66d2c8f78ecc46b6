import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { insertAccount, insertAccountSecret } from '../../libs/accounts/accounts.queries';
import type { RoleCode } from '../../libs/accounts/roles';
import { beginSession } from '../../libs/accounts/sessions';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, SWITCHES, TO_START } from '../support/browsed-office';
import { closedByEscape, untilGone } from '../support/until-gone';
import { HttpApplication } from '../support/http-application';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const WEB = join(__dirname, '../../dist/web');

let database: TestDatabase;
let application: HttpApplication;
let browser: Browser;

/** A page of somebody who came in by a demonstration account. */
async function visit(role: RoleCode): Promise<Page> {
  const { manager } = database.source;
  const account = { registryId: REGISTRY, id: randomUUID(), name: `demo-${role}`, displayName: role, role, org: 'P' };
  await insertAccount(manager, { ...account, demonstration: true, createdBy: 'test' });
  await insertAccountSecret(manager, { registryId: REGISTRY, accountId: account.id, passwordHash: null }, false);
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  context.setDefaultTimeout(15_000);
  const value = await beginSession(manager, account, null);
  await context.addCookies([{ name: 'marrow', value, url: application.url, httpOnly: true, sameSite: 'Strict' }]);
  // The API's sources know no built page.
  await context.route(
    ({ pathname }) => !pathname.startsWith('/api/'),
    (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: join(WEB, pathname === '/' ? 'index.html' : pathname) });
    },
  );
  const page = await context.newPage();
  await page.goto(application.url);
  return page;
}

/**
 * Goes on from a step as a person does: presses again while it stays, for it moves to what it tells of once that is
 * there, and so from under the first press.
 */
async function leave(page: Page, title: string, name: string): Promise<void> {
  const step = page.getByText(title, { exact: true });
  await step.waitFor();
  await untilGone(step, () => page.getByRole('button', { name }).click());
}

describeWithChromium('who is new here', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    const asked = caseEntries('2024-03-05', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(database.source, ...opening(), entry({ quantity: '40', occurredOn: '2024-03-08' }), ...asked);
    await recompute(database.source, REGISTRY);
    application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, published: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  }, TO_START);

  afterAll(async () => {
    await browser?.close();
    await application?.close();
    await database?.drop();
  }, A_MINUTE);

  it(
    'is led through the demonstration in five steps, and not asked again',
    async () => {
      const page = await visit('officer');
      await page.getByRole('button', { name: '开始导览' }).click();
      const titles = ['一整年的演示数据', '先选期间和单位', '每个数字都能点开', '从请求到捐献', '其余都在这里'];
      for (const [at, title] of titles.entries()) {
        await leave(page, title, at < 4 ? '下一步' : '看完了');
      }
      await page.reload();
      await page.getByRole('heading', { name: '2024 年转化情况' }).waitFor();
      expect(await page.getByRole('button', { name: '开始导览' }).count()).toBe(0);

      // It is there for who asks for it, and can be left at any step.
      await page.getByRole('button', { name: '导览', exact: true }).click();
      await leave(page, titles[0]!, '下一步');
      const second = page.getByText('先选期间和单位', { exact: true });
      await second.waitFor();
      await closedByEscape(second);
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'may decline the tour once and for all',
    async () => {
      const page = await visit('clerk');
      await page.getByRole('button', { name: '不用了' }).click();
      await page.getByRole('button', { name: '开始导览' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('navigation', { name: '页面' }).waitFor();
      expect(await page.getByRole('button', { name: '开始导览' }).count()).toBe(0);
      await page.context().close();
    },
    A_MINUTE,
  );
});
