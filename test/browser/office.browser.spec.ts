import { getQueueToken } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { recordActs, type Act } from '../../libs/accounts/audit';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { JobsModule } from '../../libs/jobs/jobs.module';
import { LEDGER_QUEUE } from '../../libs/jobs/queue';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { makeAccount } from '../support/signed-in';
import { append, entry, REGISTRY } from '../support/small-registry';
import { stands } from '../support/stands';
import { WebhookReceiver } from '../support/webhook-receiver';

jest.setTimeout(A_MINUTE);

@Module({})
class TestApplication {}

let office: BrowsedOffice;

describeWithChromium('the pages of the office', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, entry({ org: 'A', occurredOn: '2024-05-10' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  describe('of the audit log', () => {
    const act = (fields: Partial<Act>): Act => ({
      ...{ registryId: REGISTRY, actor: 'li.na', act: 'entries.append', thing: 'E1', org: 'A', address: '10.0.0.7' },
      ...{ result: 'done', detail: { count: 3 } },
      ...fields,
    });

    beforeAll(async () => {
      const detail = { reason: '月报已核对', via: 'session' };
      await recordActs(office.source.manager, [
        act({ actor: 'zhang.wei', act: 'months.close', thing: '2024-05', org: null, detail }),
        ...Array.from({ length: 60 }, (_, at) => act({ thing: `E${at}` })),
        act({ act: 'request', thing: 'POST /api/entries', result: 'refused', detail: { code: 'month_closed' } }),
      ]);
    });

    it('finds an act by who, what and result, opens it, and keeps the search in the address', async () => {
      const page = await office.open('auditor');
      await turnTo(page, '审计');
      const acts = page.getByRole('table', { name: '审计记录' });
      await acts.getByRole('row', { name: /li\.na 请求未完成 POST \/api\/entries 甲市 被拒/ }).waitFor();
      await page.getByText('审计链还没有核对过').waitFor();

      await page.getByRole('button', { name: '较早的' }).click();
      await page.getByText('第 2 页').waitFor();
      await page.getByRole('button', { name: '较新的' }).click();
      await page.getByText('第 1 页').waitFor();

      await page.getByRole('textbox', { name: '操作人' }).fill('zhang.wei');
      await page.getByRole('button', { name: '查找' }).click();
      const closing = acts.getByRole('row', { name: /zhang\.wei 结账 2024-05/ });
      await closing.waitFor();
      expect(await acts.getByRole('row').count()).toBe(2);
      await closing.getByRole('button', { name: /查看第 \d+ 条/ }).click();
      const opened = page.getByRole('dialog', { name: /第 \d+ 条审计记录/ });
      await opened.getByText('月报已核对').waitFor();
      await opened.getByText('10.0.0.7').waitFor();
      // In words, as far as there are any.
      await opened.getByText('方式').waitFor();
      await opened.getByText('网页').waitFor();

      const sent = await office.open('auditor', new URL(page.url()).search.replace(/^/, '/'));
      await sent
        .getByRole('dialog', { name: /第 \d+ 条审计记录/ })
        .getByText('月报已核对')
        .waitFor();
      await closedByEscape(sent.getByRole('dialog', { name: /第 \d+ 条审计记录/ }));
      await sent.getByRole('button', { name: '清除条件' }).click();
      await choose(sent, '结果', '被拒');
      await sent.getByRole('row', { name: /POST \/api\/entries 甲市 被拒/ }).waitFor();
      expect(await sent.getByRole('table', { name: '审计记录' }).getByRole('row').count()).toBe(2);
      await sent.getByLabel('到哪天').fill('2020-01-01');
      await sent.getByRole('heading', { name: '没有符合条件的记录' }).waitFor();
      await Promise.all([page.context().close(), sent.context().close()]);
    });

    it('hands out what was found as a file, and says what the recount of the chain found', async () => {
      await verify(office.source, REGISTRY);
      const page = await office.open('auditor', '/?tab=audit&act=months.close', { width: 390 });
      await page.getByText(/审计链完整：.*没有缺失或改动/).waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: '导出 CSV' }).click(),
      ]);
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
      expect(lines).toHaveLength(2);
      expect(lines[1]).toContain('"zhang.wei","months.close","2024-05"');
      await doesNotScrollSideways(page);
      await page.context().close();
    });

    it('is offered to auditors only', async () => {
      const page = await office.open('clerk');
      await turnTo(page, '通知与推送');
      const menu = page.getByRole('navigation', { name: '页面' });
      for (const name of ['审计', '任务', '机构']) {
        expect(await menu.getByRole('link', { name, exact: true }).count()).toBe(0);
      }
      await page.context().close();
    });
  });

  it('asks for nothing that is refused when an administrator opens the page again', async () => {
    const page = await office.open('administrator');
    await page.getByRole('heading', { name: '账号' }).waitFor();
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) refused.push(response.url());
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: '账号' }).waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  });

  describe('of the jobs', () => {
    it('shows the worker, each schedule, the last recount, and has a failed job tried again or removed', async () => {
      await verify(office.source, REGISTRY);
      const importId = randomUUID();
      await fail(importId);
      const page = await office.open('administrator');
      await turnTo(page, '任务');
      const schedules = page.getByRole('table', { name: '定时任务' });
      await schedules.getByRole('row', { name: /备份并演练恢复 每天 02:30 还没有记录 20\d\d-/ }).waitFor();
      await schedules.getByRole('row', { name: /发送通知与推送 每分钟/ }).waitFor();
      const checks = page.getByRole('table', { name: '复核与备份' });
      await checks.getByRole('row', { name: /复核数值 20\d\d-.*不符 0/ }).waitFor();
      await checks.getByRole('row', { name: '备份演练 还没有做过' }).waitFor();

      const failed = page.getByRole('row', { name: new RegExp(`读取或导入文件 导入 ${importId} 没有编号为`) });
      await failed.getByRole('button', { name: /^重试/ }).click();
      await page.getByText('已重新排队').waitFor();
      await failed.waitFor();
      await failed.getByRole('button', { name: /^删除/ }).click();
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
      await page.getByRole('heading', { name: '没有失败的任务' }).waitFor();

      await page.setViewportSize({ width: 390, height: 844 });
      await doesNotScrollSideways(page);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'No job has failed' }).waitFor();
      await page.context().close();
    });

    it('shows an auditor a failed job without a button', async () => {
      await fail(randomUUID());
      const page = await office.open('auditor', '/?tab=jobs');
      await page
        .getByRole('row', { name: /读取或导入文件/ })
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: /重试|删除/ }).count()).toBe(0);
      await page.context().close();
    });
  });

  describe('of the organisations', () => {
    it('has one added below a city, renamed, and closed on a day once nothing is in the way', async () => {
      await makeAccount(office.source, 'clerk', { org: 'A', name: 'li.na.of.a' });
      const page = await office.open('administrator');
      await turnTo(page, '机构');
      const tree = page.getByRole('table', { name: '机构树' });
      await tree.getByRole('row', { name: /甲市 A 市州 在用 li\.na\.of\.a/ }).waitFor();

      await tree.getByRole('button', { name: '增加下级：甲市' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('代码').fill('a9');
      await dialog.getByLabel('中文名称').fill('甲市血站');
      await dialog.getByRole('button', { name: '增加下级' }).click();
      await dialog.getByText('代码为 2 到 12 个大写字母或数字').waitFor();
      await dialog.getByLabel('代码').fill('A9');
      await dialog.getByRole('button', { name: '增加下级' }).click();
      await page.getByText('已增加“甲市血站”').waitFor();
      await tree.getByRole('row', { name: /甲市血站 A9 县区 在用/ }).waitFor();

      await tree.getByRole('button', { name: '改名：甲市血站' }).click();
      await dialog.getByText('已定稿的自评仍写旧名称').waitFor();
      await dialog.getByLabel('中文名称').fill('甲市中心血站');
      await dialog.getByRole('button', { name: '保存' }).click();
      await tree.getByRole('row', { name: /甲市中心血站 A9/ }).waitFor();

      await tree.getByRole('button', { name: '撤销：甲市', exact: true }).click();
      await dialog.getByText(/这里还有 1 个账号：li\.na\.of\.a/).waitFor();
      await dialog.getByLabel('最后一天').fill('2024-05-01');
      await dialog.getByText(/2024-05-01 之后发生的事不能再记在“甲市”/).waitFor();
      await dialog.getByRole('button', { name: '撤销' }).click();
      await dialog.getByText('之后还没有撤销，请先撤销它').waitFor();
      await dialog.getByRole('button', { name: '取消' }).click();

      await tree.getByRole('button', { name: '撤销：甲市中心血站' }).click();
      await dialog.getByLabel('最后一天').fill('2024-05-31');
      await dialog.getByRole('button', { name: '撤销' }).click();
      await tree.getByRole('row', { name: /甲市中心血站 A9 县区 2024-05-31 撤销/ }).waitFor();
      await tree.getByRole('button', { name: '恢复：甲市中心血站' }).click();
      await dialog.getByRole('button', { name: '恢复' }).click();
      await tree.getByRole('row', { name: /甲市中心血站 A9 县区 在用/ }).waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await doesNotScrollSideways(page);
      await page.context().close();
    });
  });

  describe('of the notices', () => {
    let receiver: WebhookReceiver;

    beforeAll(async () => {
      receiver = await WebhookReceiver.start();
    });

    afterAll(() => receiver?.close());

    it('gives an administrator a webhook whose secret is shown once, tests it, and sends again what was given up', async () => {
      const page = await office.open('administrator');
      await turnTo(page, '通知与推送');
      await page.getByRole('heading', { name: '还没有订阅' }).waitFor();
      await page.getByRole('button', { name: '新建订阅' }).click();
      const dialog = page.getByRole('dialog', { name: '新建订阅' });
      await dialog.getByLabel('结账与反结账').check();
      await dialog.getByRole('textbox', { name: '网址' }).fill('ftp://x');
      await dialog.getByRole('button', { name: '新建订阅' }).click();
      await dialog.getByText('请填写以 https:// 或 http:// 开头的网址').waitFor();
      await dialog.getByRole('textbox', { name: '网址' }).fill(receiver.url('/months'));
      await dialog.getByRole('button', { name: '新建订阅' }).click();
      const shown = page.getByRole('dialog', { name: 'Webhook 签名密钥' });
      const secret = (await shown.locator('.shown-once').textContent())?.trim() ?? '';
      expect(secret.length).toBeGreaterThan(30);
      await stands(page);
      await shown.getByRole('button', { name: '已记下，关闭' }).click();
      await shown.waitFor({ state: 'detached' });
      expect(await page.getByText(secret).count()).toBe(0);

      const row = page.getByRole('row', { name: /结账与反结账/ });
      await row.getByRole('button', { name: /^测试/ }).click();
      await page.getByText('已送达，请到对方确认收到').waitFor();
      expect(receiver.received).toHaveLength(1);
      await row.getByText(/最近送达 20/).waitFor();

      await office.source.query(
        `insert into delivery (registry_id, id, subscription_id, occasion, body, state, attempts, created_at,
            next_attempt_at, last_problem)
          select registry_id, gen_random_uuid(), id, occasion, '{}', 'dead', 6, now(), now(),
            '{"zh": "对方没有应答", "en": "no answer"}'
          from subscription, unnest(array['closed 2024-05 1', 'hunan 2024-H1 P  1']) occasion`,
      );
      await page.reload();
      await row.getByText('2 条没有送到').waitFor();
      await row.getByRole('button', { name: /^发送记录/ }).click();
      const drawer = page.getByRole('dialog', { name: /发送记录/ });
      await drawer
        .getByRole('row', { name: /2024 年上半年 测试省 部门整体支出绩效监控表定稿（第 1 稿） 已放弃/ })
        .waitFor();
      const dead = drawer.getByRole('row', { name: /2024-05 结账 已放弃 试过 6 次 对方没有应答/ });
      await dead.getByRole('button', { name: /^重发/ }).click();
      await drawer.getByText('已重新排队，一分钟内发送').waitFor();
      await closedByEscape(drawer);

      await row.getByRole('button', { name: /^结束/ }).click();
      await page.getByRole('dialog').waitFor();
      await stands(page);
      await page.getByRole('dialog').getByRole('button', { name: '结束' }).click();
      await row.getByText('已结束').waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await doesNotScrollSideways(page);
      await page.context().close();
    });

    it('tells a clerk that mail is not set up, and offers nothing that would be refused', async () => {
      const page = await office.open('clerk', '/?tab=subscriptions');
      await page.getByText('SMTP_URL').waitFor();
      await page.getByRole('heading', { name: '还没有订阅' }).waitFor();
      expect(await page.getByRole('button', { name: '新建订阅' }).count()).toBe(0);
      await page.context().close();
    });
  });

  describe('of the rules', () => {
    it('shows a pack with what it assumes, and has an officer make one whose points sum to 100', async () => {
      const page = await office.open('officer');
      await turnTo(page, '规则与模板');
      const list = page.getByRole('list', { name: '评分规则' });
      await list.getByRole('button', { name: /湖南省自评规则/ }).click();
      await page.getByText('公布的报告只见“优秀”和总分').waitFor();
      await page.getByRole('button', { name: '照此另建' }).click();
      const dialog = page.getByRole('dialog', { name: '照“湖南省自评规则”另建规则' });
      await dialog.getByLabel('编码').fill('our-office');
      await dialog.getByLabel('名称', { exact: true }).fill('本单位规则');
      await dialog.getByLabel('产出指标').fill('40');
      await dialog.getByText('合计 90，应为 100').waitFor();
      await dialog.getByRole('button', { name: '建立' }).click();
      await dialog.getByRole('alert').getByText('合计为 90').waitFor();
      await dialog.getByLabel('产出指标').fill('50');
      await dialog.getByRole('button', { name: '建立' }).click();
      await page.getByText('已建立“本单位规则”').waitFor();
      await page.getByRole('heading', { name: '本单位规则' }).waitFor();
      await page.getByRole('button', { name: '改为新版' }).waitFor();
      await page.getByRole('row', { name: /湖南：部门整体支出 程序自带/ }).waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await doesNotScrollSideways(page);
      await page.context().close();
    });

    it('lets a clerk read and change nothing', async () => {
      const page = await office.open('clerk', '/?tab=rules');
      await page.getByRole('row', { name: /湖南：部门整体支出 程序自带/ }).waitFor();
      expect(await page.getByRole('button', { name: /另建|新版|上传/ }).count()).toBe(0);
      await page.context().close();
    });
  });
});

/** Leaves a failed job: that of an import that there is not. */
async function fail(importId: string): Promise<void> {
  const { url } = office.source.options as unknown as { url: string };
  const producer = await NestFactory.createApplicationContext(
    { module: TestApplication, imports: [JobsModule.forRoot({ databaseUrl: url })] },
    { logger: false },
  );
  const queue = producer.get<Queue>(getQueueToken(LEDGER_QUEUE));
  const before = await queue.getFailedCount();
  await queue.add('import', { registryId: REGISTRY, importId });
  while ((await queue.getFailedCount()) === before) await new Promise(setImmediate);
  await producer.close();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  const picker: Locator = page.getByRole('combobox', { name: label });
  await picker.click();
  await page.locator('.ant-select-item-option').getByText(option, { exact: true }).click();
}

async function doesNotScrollSideways(page: Page): Promise<void> {
  const wide = `[document.documentElement.scrollWidth, innerWidth]`;
  const [content = 0, screen = 0] = (await page.evaluate(wide)) as number[];
  expect(content).toBeLessThanOrEqual(screen);
}
