import type { Locator, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { closeMonths } from '../support/assessing';
import { A_MINUTE, BrowsedOffice, TO_START, turnTo } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

/** A hundred recruited in May: far from the half-year target of 6,000. */
async function fill(source: DataSource): Promise<void> {
  await append(source, ...opening(), entry({ quantity: '100', occurredOn: '2024-05-10' }));
  await recompute(source, REGISTRY);
}

async function openLine(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: new RegExp(`^(填写|查看) ${name}$`) }).click();
  const drawer = page.getByRole('dialog').filter({ hasText: '来源' });
  await drawer.waitFor();
  return drawer;
}

function lineOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name: '自评表各行' }).getByRole('row').filter({ hasText: name });
}

async function step(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('button', { name, exact: true }).click();
  return dialog;
}

describeWithChromium('the self-assessment', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'of a project asks which, and offers those that were begun',
    async () => {
      const nameless = '/?tab=assessment&form=hunan-project&period=2025';
      const page = await office.open('officer', nameless, { name: 'qian.duo' });
      await page.getByText('2025 年还没有。写下项目名称就能打开').waitFor();
      await page.getByRole('button', { name: '打开', exact: true }).click();
      await page.getByRole('alert').getByText('请写明是哪个项目').waitFor();
      await page.getByLabel('项目支出绩效自评表的项目名称').fill('造血干细胞捐献工作经费');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '项目支出绩效自评表：造血干细胞捐献工作经费' }).waitFor();

      const line = await openLine(page, '招募人数');
      await line.getByLabel('完成值（人）').fill('103');
      await line.getByRole('button', { name: '保存' }).click();
      await line.waitFor({ state: 'detached' });
      await page.goto(`${office.address}${nameless}`);
      await page.getByText('选一个项目打开，或写下另一个项目的名称').waitFor();
      await page.getByRole('button', { name: '打开 造血干细胞捐献工作经费' }).click();
      await page.getByRole('heading', { name: '项目支出绩效自评表：造血干细胞捐献工作经费' }).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is opened from the list by an officer, who fills in the half-year form: a line, its evidence, the budget, targets',
    async () => {
      const page = await office.open('officer', '/?period=2024', { name: 'li.wei' });
      await turnTo(page, '自评表');
      await page.getByText('2024 年还没有人填写自评表').waitFor();
      await page.getByRole('button', { name: '部门整体支出绩效自评表 2024 上半年监控' }).click();
      await page.getByText('上半年监控：对照半年指标值').waitFor();
      await page.getByRole('heading', { name: '部门整体支出绩效监控表' }).waitFor();
      // What is foreseen stays on the screen.
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('main').innerText()).not.toContain('预测');
      await page.emulateMedia({ media: null });
      expect(await lineOf(page, '招募人数').first().textContent()).toMatch(/≥12000人.*100 人.*预警/);

      // A number opens the entries that it is made of.
      await page.getByRole('button', { name: '招募人数：100 人，查看明细' }).click();
      await page.getByRole('dialog').getByText('2024-05-10').waitFor();
      await closedByEscape(page.getByRole('dialog'));

      const drawer = await openLine(page, '公用经费控制率');
      await drawer.getByLabel('完成值（%）').fill('96.4');
      await drawer.getByLabel('完成值来源').fill('部门决算');
      await drawer
        .locator('input[type=file]')
        .setInputFiles({ name: '决算.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
      await drawer.getByRole('link', { name: /^E(-[A-Z]{4}){3}$/ }).waitFor();
      await drawer.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存').first().waitFor();
      expect(await lineOf(page, '公用经费控制率').textContent()).toMatch(/96\.4%.*部门决算.*佐证 1/);

      // Beside a computed value a typed one is told with its difference, and needs a reason.
      const beside = await openLine(page, '招募人数');
      await beside.getByLabel('完成值（人）').fill('103');
      await beside.getByText('相差 3').waitFor();
      await beside.getByRole('button', { name: '保存' }).click();
      await beside.waitFor({ state: 'detached' });
      await lineOf(page, '招募人数')
        .first()
        .getByText(/须写理由/)
        .waitFor();

      await page.getByRole('button', { name: '填写预算' }).click();
      const budget = page.getByRole('dialog', { name: /年度预算/ });
      await budget.getByLabel('年度资金总额 年初预算数').fill('130.5');
      await budget.getByLabel('年度资金总额 全年预算数(A)').fill('130.5');
      await budget.getByLabel('年度资金总额 全年执行数(B)').fill('61.17');
      await budget.getByLabel('年度资金总额 执行率').getByText('46.87%').waitFor();
      await budget.getByRole('button', { name: '保存' }).click();
      await budget.waitFor({ state: 'detached' });
      await page.getByRole('table', { name: '预算各行' }).getByText('46.87%').waitFor();

      await page.getByRole('button', { name: '导入指标值' }).click();
      const targets = page.getByRole('dialog', { name: '导入指标值' });
      await targets.getByRole('button', { name: '照抄 2023 年的' }).click();
      await targets.getByRole('alert').waitFor();
      await targets.getByRole('button', { name: '取消' }).click();
      await page.getByRole('button', { name: '全部自评表' }).click();
      await page.getByRole('row', { name: /部门整体支出绩效监控表.*湖南省自评规则.*上半年.*草稿.*li\.wei/ }).waitFor();
      await page.context().close();
    },
    2 * A_MINUTE,
  );

  it(
    'keeps what one types where another wrote first, and shows what stands',
    async () => {
      const path = '/?tab=assessment&form=hunan&period=2024-H1&line=donations';
      const [first, second] = [await office.open('officer', path), await office.open('officer', path)];
      for (const page of [first, second]) await page.getByLabel('原因分析及改进措施').waitFor();
      await first.getByLabel('原因分析及改进措施').fill('受配型时间影响');
      await first.getByRole('button', { name: '保存' }).click();
      await first.getByText('已保存').first().waitFor();
      await second.getByLabel('原因分析及改进措施').fill('志愿者时间不合');
      await second.getByRole('button', { name: '保存' }).click();
      await second.getByText(/改过这里。您写的还在下面/).waitFor();
      await second.getByRole('alert').getByText('受配型时间影响').waitFor();
      expect(await second.getByLabel('原因分析及改进措施').inputValue()).toBe('志愿者时间不合');
      await second.getByRole('button', { name: '用我写的' }).click();
      await second.getByText('已保存').first().waitFor();
      await lineOf(second, '捐献例数').getByText('志愿者时间不合').waitFor();
      for (const page of [first, second]) await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is refused at review until every cause is written, goes its way by a reviewer, and is corrected by a revision',
    async () => {
      const path = '/?tab=assessment&form=hunan&period=2024-H1';
      const reviewer = await office.open('reviewer', path);
      await reviewer.getByText(/还有 \d+ 处没有写/).waitFor();
      const refused = await step(reviewer, '审核通过');
      await refused.getByText(/还有 \d+ 项须写原因分析.*招募人数/).waitFor();
      await refused.getByRole('button', { name: '取消' }).click();
      expect(await reviewer.getByRole('button', { name: '填写 招募人数' }).count()).toBe(0);
      const remark = await openLine(reviewer, '招募人数');
      await remark.getByLabel('对这一行的意见').fill('请写明原因');
      await remark.getByRole('button', { name: '提意见' }).click();
      await remark.getByText('请写明原因').waitFor();
      await closedByEscape(remark);

      const officer = await office.open('officer', path, { name: 'wang.fang' });
      const missing = officer.getByRole('button', { name: '招募人数', exact: true });
      await missing.first().waitFor();
      while ((await officer.getByText(/还有 \d+ 处没有写/).count()) > 0) {
        const next = officer.locator('.way-missing .plain-link').first();
        const name = await next.textContent();
        await next.click();
        const drawer = officer.getByRole('dialog').filter({ hasText: '来源' });
        await drawer.getByLabel('原因分析及改进措施').fill('样本较少，下半年补上');
        const reason = drawer.getByLabel('为什么与台账不同');
        if (await reason.isVisible()) await reason.fill('六月末有 3 人待录入');
        await drawer.getByRole('button', { name: '保存' }).click();
        await drawer.waitFor({ state: 'detached' });
        expect(name).not.toBe('');
      }
      await officer.getByText('该写的都写了').waitFor();
      await officer.context().close();

      await reviewer.reload();
      await reviewer.getByRole('button', { name: '审核通过', exact: true }).click();
      const review = reviewer.getByRole('dialog', { name: '审核通过' });
      await review.getByText('还有 1 条意见没有解决：招募人数。').waitFor();
      await review.getByRole('button', { name: '审核通过', exact: true }).click();
      await reviewer.getByText('已审核').first().waitFor();
      await reviewer.getByRole('button', { name: '批准', exact: true }).waitFor();
      // An entry arrives while the reviewer looks: nothing is approved that was not seen.
      await append(office.source, entry({ quantity: '1', occurredOn: '2024-05-11' }));
      await recompute(office.source, REGISTRY);
      const unseen = await step(reviewer, '批准');
      await unseen.getByText(/表上的数字变了，这一步没有办/).waitFor();
      await unseen.getByRole('button', { name: '取消' }).click();
      await unseen.waitFor({ state: 'detached' });
      const moved = reviewer.getByRole('alert').filter({ hasText: '您打开之后有 1 处变了' });
      await moved.getByText('101人').waitFor();
      await moved.getByRole('button', { name: '看过了，按现在的数字办' }).click();
      await moved.waitFor({ state: 'detached' });
      await step(reviewer, '批准');
      await reviewer.getByText(/个月没有结账，最早是 2023-01/).waitFor();
      const open = await step(reviewer, '定稿');
      await open.getByText(/2023-01 还没有结账/).waitFor();
      await closeMonths(office.source, '2023-01', '2024-06');
      await open.getByRole('button', { name: '定稿', exact: true }).click();
      await reviewer.getByText('没有不同：今天填出来还是这份表。').waitFor({ timeout: 40_000 });

      await reviewer.getByRole('button', { name: '下载' }).click();
      const [file] = await Promise.all([
        reviewer.waitForEvent('download'),
        reviewer.getByRole('link', { name: '自评表（xlsx）' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
      await reviewer.getByRole('button', { name: '上报材料' }).click();
      await reviewer.getByText('定稿时留存').waitFor();
      expect(await reviewer.getByText(/SHA-256/).count()).toBe(4);
      await reviewer.getByRole('button', { name: '报告文字' }).click();
      await reviewer.getByRole('heading', { name: '数字来源' }).waitFor();

      await office.source.transaction((manager) => reopenMonths(manager, REGISTRY, '2024-06', 'closer', '补登'));
      await append(office.source, entry({ quantity: '9', kind: 'SampleDispatched', occurredOn: '2024-06-03' }));
      await recompute(office.source, REGISTRY);
      await reviewer.getByRole('navigation', { name: '自评内容' }).getByRole('button', { name: '自评表' }).click();
      await reviewer.reload();
      await reviewer.getByText(/有 \d+ 处不同。定稿不变/).waitFor();
      await reviewer.getByRole('table', { name: '不同之处' }).first().getByText('9份').waitFor();
      await reviewer.context().close();

      const again = await office.open('officer', path);
      await again.getByRole('button', { name: '开修订稿' }).click();
      await again.getByText('与第 1 稿（定稿）相比').waitFor();
      await lineOf(again, '中转血样').getByText('9 份').waitFor();
      await again.context().close();
    },
    4 * A_MINUTE,
  );

  it(
    'shows the rules it is scored by, and a city its own form, on a telephone too',
    async () => {
      const page = await office.open('officer', '/?tab=assessment&form=station&period=2024&show=rules', {
        org: 'A',
        width: 390,
      });
      await page.getByText('一级分值').waitFor();
      await page.getByRole('navigation', { name: '自评内容' }).getByRole('button', { name: '自评表' }).click();
      await lineOf(page, '采集人次').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: '全部自评表' }).click();
      await page.getByText('2024 年还没有人填写自评表').waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );
});
