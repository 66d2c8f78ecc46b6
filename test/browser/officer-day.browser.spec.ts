import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { handedOut } from '../support/saved-files';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

/** A hundred recruited in May, far from what the half-year is to bring. */
async function fill(source: DataSource): Promise<void> {
  await append(source, ...opening(), entry({ quantity: '100', occurredOn: '2024-05-10' }));
  await recompute(source, REGISTRY);
}

describeWithChromium('the performance officer’s day', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'leads from a target that will be missed to its cause in the self-assessment',
    async () => {
      const page = await office.open('officer', '/?period=2024-H1', { name: 'li.wei' });
      await turnTo(page, '指标');
      await page.getByRole('button', { name: '招募人数：口径、走势与预测' }).click();
      const drawer = page.getByRole('dialog').filter({ hasText: '目标与预测' });
      await drawer.getByRole('button', { name: '设定目标' }).click();
      const dialog = page.getByRole('dialog', { name: /招募人数：2024 年上半年目标/ });
      await dialog.getByLabel('目标值（人）').fill('6000');
      await dialog.getByRole('button', { name: '保存' }).click();
      await dialog.waitFor({ state: 'detached' });
      await closedByEscape(drawer);
      const target = page.getByRole('table', { name: '指标、目标与进度' }).getByRole('row', { name: /≥ 6,000 人/ });
      await target.getByText(/完成 1\.67%/).waitFor();

      await turnTo(page, '自评表');
      await page.getByRole('button', { name: '部门整体支出绩效自评表 2024 上半年监控' }).click();
      const lines = page.getByRole('table', { name: '自评表各行' });
      const line = lines.getByRole('row').filter({ hasText: '招募人数' }).first();
      await line.getByText(/须写原因/).waitFor();
      await line.getByRole('button', { name: '填写 招募人数' }).click();
      const writing = page.getByRole('dialog').filter({ hasText: '来源' });
      await writing.getByLabel('原因分析及改进措施').fill('高校招募改在下半年');
      await writing.getByRole('button', { name: '保存' }).click();
      await line.getByText('高校招募改在下半年').waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'takes the figures along as a file, and lets a program have them by the feed, with a token of its own',
    async () => {
      const page = await office.open('officer', '/?period=2024', { name: 'zhao.min' });
      await turnTo(page, '指标');
      const save = page.getByRole('button', { name: '存为 Excel：指标、目标与进度' });
      const file = await handedOut(page, () => save.click());
      expect(file.suggestedFilename()).toBe('指标、目标与进度 测试省 2024.xlsx');

      await page.getByRole('button', { name: /我的账号/ }).click();
      const account = page.getByRole('dialog', { name: '我的账号' });
      await account.getByRole('button', { name: '新建令牌' }).click();
      const dialog = page.getByRole('dialog', { name: '新建令牌' });
      await dialog.getByLabel('用途').fill('厅里的绩效平台');
      await dialog.getByLabel('查看数字').check();
      await dialog.getByRole('button', { name: '新建令牌' }).click();
      const token = (await page.locator('.shown-once').textContent())?.trim() ?? '';
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${office.address}/api/feed/indicators/2024`, { headers });
      const { figures } = (await answer.json()) as { figures: { key: string; value: string; org: string }[] };
      expect(figures.find(({ key }) => key === 'registry.recruited')).toMatchObject({ org: 'P', value: '100' });
      // For more than it was made for, it is no good.
      expect((await fetch(`${office.address}/api/entries`, { headers })).status).toBe(403);
      await page.context().close();

      const auditor = await office.open('auditor', '/');
      await turnTo(auditor, '审计');
      await auditor.getByRole('textbox', { name: '操作人' }).fill('zhao.min');
      await auditor.getByRole('button', { name: '查找' }).click();
      const acts = auditor.getByRole('table', { name: '审计记录' });
      await acts.getByRole('row', { name: /zhao\.min 导出文件/ }).waitFor();
      await acts.getByRole('row', { name: /zhao\.min 新建令牌/ }).waitFor();
      await auditor.context().close();
    },
    2 * A_MINUTE,
  );
});
