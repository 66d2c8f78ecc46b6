import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { chromium, type Browser, type Page } from 'playwright-core';
import { recordAct } from '../../libs/accounts/audit';
import type { RoleCode } from '../../libs/accounts/roles';
import { beginSession } from '../../libs/accounts/sessions';
import { drill } from '../../libs/backup/drill';
import type { DrillRow } from '../../libs/backup/drill.queries';
import { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { CHROMIUM, describeWithChromium } from '../support/needs';
import { Program } from '../support/program';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const MINUTES = 60_000;

let database: TestDatabase;
let owner: Client;
let folder: string;
let program: Program;
let address: string;
let browser: Browser;

/** A drill for real. */
async function drillNow(fields: object = {}): Promise<DrillRow> {
  const secret = () => Promise.resolve(Buffer.from('a passphrase of some length'));
  const place = { databaseUrl: database.url, ownerUrl: database.ownerUrl, folder, secret, ...fields };
  const [row] = await drill(database.source, place, 'system');
  if (!row) throw new Error('there is no registry');
  return row;
}

async function open(role: RoleCode, width = 1440): Promise<Page> {
  const token = await beginSession(database.source.manager, await makeAccount(database.source, role), null);
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    viewport: { width, height: 900 },
  });
  await context.addCookies([{ name: 'marrow', value: token, url: address, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${address}/?tab=drills`);
  return page;
}

function fact(page: Page, name: string) {
  return page.locator('.last-drill dl > div').filter({ has: page.getByText(name, { exact: true }) });
}

async function doesNotScrollSideways(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
}

describeWithChromium('the page of drills', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marrow-drills-'));
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await createSmallRegistry(database.source);
    await append(database.source, entry(), entry());
    await recordAct(database.source.manager, {
      ...{ registryId: REGISTRY, actor: 'tester', act: 'entries.append', thing: null, org: null, address: null },
      ...{ result: 'done', detail: null },
    });
    await recompute(database.source, REGISTRY);
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
    await owner?.end();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }, MINUTES);

  it(
    'is offered to auditors and administrators only, and says before the first drill how drills come about',
    async () => {
      for (const role of ['auditor', 'administrator'] as const) {
        const page = await open(role, 390);
        await page.getByRole('button', { name: '备份演练' }).waitFor();
        await page.getByRole('heading', { name: '还没有做过演练' }).waitFor();
        await page.getByText('npm run -s ledger -- --office drill').waitFor();
        await doesNotScrollSideways(page);
        await page.context().close();
      }
      const page = await open('clerk');
      await page.getByRole('heading', { name: '谁在等' }).waitFor();
      expect(await page.getByRole('link', { name: '备份演练' }).count()).toBe(0);
      await page.context().close();
    },
    MINUTES,
  );

  it(
    'says of a drill that passed what was restored and recounted, in Chinese and in English',
    async () => {
      const { file, checked, audit } = await drillNow();
      const page = await open('auditor');

      await page.getByRole('heading', { name: '通过：备份能够恢复，恢复后复核无误' }).waitFor();
      expect(await fact(page, '备份文件').textContent()).toContain(file);
      expect(await fact(page, '备份时间').textContent()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d，距今 \d+ (秒|分钟)$/);
      expect(await fact(page, '恢复的登记').textContent()).toContain('2 条');
      expect(await fact(page, '复核的数值').textContent()).toContain(`${checked} 个，其中不符 0 个`);
      const { checked: acts, hash } = audit as { checked: number; hash: string };
      expect(await fact(page, '审计记录').textContent()).toContain(`${acts} 条，缺失或改动 0 处`);
      expect(await fact(page, '审计末条').textContent()).toContain(hash);
      await page.getByRole('row', { name: new RegExp(`通过.*${file}`) }).waitFor();

      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Passed: the backup restores' }).waitFor();
      expect(await fact(page, 'Values recounted').textContent()).toContain(`${checked}; 0 differ`);
      expect(await page.locator('.drills').textContent()).not.toMatch(/[\u4e00-\u9fff]/);
      await page.context().close();
    },
    MINUTES,
  );

  it(
    'says of drills that did not pass what went wrong, and when one last passed',
    async () => {
      const page = await open('auditor', 390);
      await owner.query(`update metric_value set value = value + 1 where org = 'P' and period = '2024'`);
      const { drift } = await drillNow();
      await owner.query(`update metric_value set value = value - 1 where org = 'P' and period = '2024'`);
      await page.reload();

      await page.getByRole('heading', { name: '未通过：备份能够恢复，但复核不符' }).waitFor();
      expect(await fact(page, '复核的数值').textContent()).toContain(`其中不符 ${drift} 个`);

      await drillNow({ ownerUrl: database.url });
      await page.reload();
      await page.getByRole('heading', { name: '未通过：演练没有完成' }).waitFor();
      await page.locator('.last-drill').getByText('当前数据库登录名无权新建数据库').waitFor();
      await page.getByText('最近一次通过的演练：').waitFor();
      expect(await fact(page, '没有进行到').textContent()).toContain('恢复的登记、复核的数值、审计记录');
      await doesNotScrollSideways(page);
      await page.context().close();
    },
    MINUTES,
  );

  it(
    'prints on A4 with the registry’s name and the time of printing, and without the navigation',
    async () => {
      const page = await open('auditor');
      await page.locator('.last-drill').waitFor();
      // Called after the page's own listener: what then stands there is what goes to paper.
      await page.evaluate(`addEventListener('beforeprint', () => {
        window.onPaper = document.querySelector('.print-head').textContent;
      })`);
      await page.pdf({ preferCSSPageSize: true });
      expect(await page.evaluate('window.onPaper')).toMatch(/^测试省.*打印时间 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
      await page.emulateMedia({ media: 'print' });

      await page.getByText('测试省', { exact: true }).filter({ visible: true }).waitFor();
      for (const hidden of ['备份演练', '打印', 'English']) {
        expect(await page.getByRole('button', { name: hidden, exact: true }).isVisible()).toBe(false);
      }
      expect(await page.getByRole('columnheader', { name: '结果' }).isVisible()).toBe(true);
      await page.context().close();
    },
    MINUTES,
  );

  it(
    'turns pages of the history, and warns when the nightly drill has stayed away',
    async () => {
      await owner.query(`update backup_drill set started_at = started_at - interval '3 days'`);
      const page = await open('auditor');
      await page.getByText('已有 3 天没有演练').waitFor();

      const secret = () => Promise.reject(new DomainError('backup_key_missing', { zh: '读不到', en: 'not read' }));
      for (let nights = 0; nights < 20; nights += 1) await drillNow({ secret });
      await page.reload();
      await page.getByText('最近 20 次演练都没有通过').waitFor();
      expect(await page.getByText('没有演练').count()).toBe(0);
      const rows = page.locator('.drills-table tbody');
      expect(await rows.count()).toBe(20);

      await page.getByRole('button', { name: '较早的' }).click();
      await page.getByText('第 2 页').waitFor();
      expect(await rows.count()).toBe(3);
      await page.getByRole('row', { name: /通过 2 / }).waitFor();
      expect(await page.getByRole('button', { name: '较早的' }).isEnabled()).toBe(false);
      await page.getByRole('button', { name: '较新的' }).click();
      await page.getByText('第 1 页').waitFor();
      expect(await rows.count()).toBe(20);
      await page.context().close();
    },
    MINUTES,
  );
});
