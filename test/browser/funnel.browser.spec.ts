import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

type Step = [kind: string, outcome?: string];

const ASKED: Step[] = [['ScreenRequested'], ['ScreenAnswered', 'agreed'], ['RemobiliseRequested']];
const AGREED: Step[] = [
  ...ASKED,
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
];

/** In 2024 three examinations and two yeses to typing: two waited since 2023, one of the two is still waiting. */
async function fill(source: DataSource): Promise<void> {
  await append(
    source,
    ...opening(),
    ...caseEntries('2023-12-25', [...AGREED, ['ExamStarted']]),
    ...caseEntries('2023-12-25', [...AGREED, ['ExamStarted']]),
    ...caseEntries('2024-02-01', [...AGREED, ['ExamStarted'], ['ExamConcluded', 'fit']]),
    ...caseEntries('2024-12-20', [...AGREED]),
    ...caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']]),
  );
  await recompute(source, REGISTRY);
}

describeWithChromium('the analysis of conversion', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'leads from an examination more than there were yeses to the bridge, to the cases of a term, and back',
    async () => {
      const page = await office.open('officer', '/?period=2024');
      await page.getByRole('link', { name: '转化分析' }).click();
      const byPeriod = page.getByRole('table', { name: '按发生期的各环节数字' });
      await byPeriod.getByText('3 / 2').waitFor();
      await byPeriod.getByRole('button', { name: '为什么超过 100% 体检' }).click();

      await page.getByRole('heading', { name: '2024 年体检数的由来' }).waitFor();
      await page.getByText('逐项相加得 3，与数字 3 一致').waitFor();
      const bridge = page.url();
      await page.getByRole('button', { name: '期初等待：2，查看个案' }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('衔接到体检 · 期初等待').waitFor();
      await drawer.getByText('共 2 例').waitFor();
      expect(await drawer.getByRole('row').count()).toBe(3);
      const list = page.url();
      await page.goBack();
      await drawer.waitFor({ state: 'detached' });
      expect(page.url()).toBe(bridge);

      // The figure itself opens its entries, and each view can be sent on.
      await page.getByRole('button', { name: /^体检.*：3 人次，查看明细$/ }).click();
      await page.getByRole('dialog').getByText('3 条记录').waitFor();
      await page.goto(list);
      await page.getByRole('dialog').getByText('共 2 例').waitFor();
      await page.close();
    },
    A_MINUTE,
  );

  it(
    'tells what came of the requests of a period, why, how long it took, who is open, and how cities compare',
    async () => {
      const page = await office.open('officer', '/?period=2024&tab=analysis');
      const cohort = page.getByRole('table', { name: '同批请求的各环节数字' });
      await cohort.getByRole('button', { name: '初筛 进入：3，查看个案' }).click();
      await page.getByRole('dialog').getByText('共 3 例').waitFor();
      await closedByEscape(page.getByRole('dialog'));
      await page.getByRole('button', { name: '本人不愿意 合计：1，查看个案' }).waitFor();

      const views = page.getByRole('navigation', { name: '分析内容' });
      await views.getByRole('button', { name: '环节用时' }).click();
      await page.getByRole('button', { name: '高分同意 → 体检', exact: true }).click();
      await page
        .getByRole('table', { name: '按单位' })
        .getByRole('row', { name: /甲市/ })
        .getByText('3')
        .first()
        .waitFor();

      await views.getByRole('button', { name: '在办时长' }).click();
      await page.getByRole('heading', { name: '2024-12-31 在办个案的时长' }).waitFor();
      await page
        .getByRole('table', { name: '在办个案，按环节和时长' })
        .getByRole('row', { name: /高分相合/ })
        .waitFor();

      await views.getByRole('button', { name: '各地比较' }).click();
      // Between the two points that were looked at before.
      const rates = page.getByRole('table', { name: '各地比率、区间与控制限' });
      await rates.getByRole('button', { name: '甲市 分子：1，查看个案' }).waitFor();
      // Nothing of nothing is no rate, and not 0.
      await rates.getByRole('row', { name: /乙市/ }).getByText('不适用').waitFor();
      await page.close();
    },
    A_MINUTE,
  );

  it.each(['funnels', 'bridge', 'times', 'ages', 'cities'])(
    'does not scroll sideways on a telephone, and says so where there is nothing: %s',
    async (show) => {
      const page = await office.open('officer', `/?period=2025&tab=analysis&show=${show}`, { width: 390 });
      await page.getByRole('navigation', { name: '分析内容' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect(await page.getByRole('alert').count()).toBe(0);
      await page.close();
    },
    A_MINUTE,
  );
});
