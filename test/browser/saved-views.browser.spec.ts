import type { Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { closeMonths } from '../support/assessing';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { handedOut, savedPicture, savedRows } from '../support/saved-files';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

/** Of eight requests of 2024 five agreed; one of them went as far as typing, and 40 were recruited. */
async function fill(source: DataSource): Promise<void> {
  const cases = Array.from({ length: 8 }, (_, number) =>
    caseEntries('2024-03-05', [['ScreenRequested'], ['ScreenAnswered', number < 5 ? 'agreed' : 'refused']]),
  );
  const further = caseEntries('2024-04-01', [
    ['ScreenRequested'],
    ['ScreenAnswered', 'agreed'],
    ['RemobiliseRequested'],
  ]);
  await append(source, ...opening(), entry({ quantity: '40', occurredOn: '2024-03-08' }), ...cases.flat(), ...further);
  await recompute(source, REGISTRY);
}

async function rowsOf(page: Page, title: string | RegExp): Promise<unknown[][]> {
  const button = page.getByRole('button', { name: typeof title === 'string' ? `存为 Excel：${title}` : title }).first();
  const file = await handedOut(page, () => button.click());
  expect(file.suggestedFilename()).toMatch(/ 测试省 2024\.xlsx$/);
  return savedRows(file);
}

describeWithChromium('what is saved of a view', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'says of whom, of when and how it was computed, and holds numbers with their units, parts and what is not known',
    async () => {
      const page = await office.open('officer', '/?period=2024&tab=analysis');
      const rows = await rowsOf(page, '按发生期的各环节数字');
      const head = new Map(
        rows.slice(
          0,
          rows.findIndex((row) => row.length === 0),
        ) as [string, string][],
      );
      expect(head.get('内容')).toBe('2024 年：按发生期 · 按发生期的各环节数字');
      expect(head.get('机构')).toBe('测试省');
      expect(head.get('期间')).toBe('2024 年');
      expect(head.get('计算时间')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(Number(head.get('台账位置'))).toBeGreaterThan(0);
      const [columns, screen, remobilise] = rows.slice(rows.findIndex((row) => row.length === 0) + 1);
      const cell = (row: unknown[] | undefined, column: string) => row?.[columns!.indexOf(column)];
      expect(cell(screen, '环节')).toBe('初筛');
      expect(cell(screen, '请求（人次）')).toBe(9);
      expect(cell(screen, '成功率（%）')).toBe(66.67);
      expect(cell(screen, '成功率 · 分子')).toBe(6);
      expect(cell(screen, '成功率 · 分母')).toBe(9);
      expect(cell(remobilise, '成功（人次）')).toBe('未报告');
      await page.context().close();
    },
    A_MINUTE,
  );

  it.each([
    ['analysis', '同批请求的各环节数字', /初筛/],
    ['analysis', '期限内转化', /初筛/],
    ['analysis', '捐献者方面流失（例）', /本人不愿意/],
    ['analysis&show=bridge&stage=remobilise', '衔接各项', /期初等待/],
    ['analysis&show=times', '2024 年环节用时', /→/],
    ['analysis&show=times', '按单位', /甲市/],
    ['analysis&show=ages', '在办个案，按环节和时长', /再动员/],
    ['analysis&show=cities', '各地比率、区间与控制限', /甲市/],
    ['analysis&show=cities', '各地流失原因', /甲市/],
    ['analysis&show=cities&measure=registry.recruited', '各地贡献', /甲市/],
    ['indicators', '指标、目标与进度', /招募人数/],
    ['funnel', '各环节数字', /初筛/],
    ['funnel', '各地数字', /甲市/],
    ['funnel', /^存为 Excel：.*各月数字$/, /2024/],
  ])(
    'is had of %s: %s',
    async (tab, title, row) => {
      const page = await office.open('officer', `/?period=2024&tab=${tab}`);
      const rows = await rowsOf(page, title);
      const body = rows.slice(rows.findIndex((one) => one.length === 0) + 2);
      const found = body.find(([first]) => row.test(String(first)));
      expect(found?.slice(1).some((cell) => typeof cell === 'number')).toBe(true);
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'is a picture of each drawing, the cities’ tiles as well, with something on it',
    async () => {
      const page = await office.open('officer', '/?period=2024&tab=analysis&show=cities');
      for (const drawing of [/：各地比率与区间图/, /：各地一览/]) {
        const button = page.getByRole('button', { name: new RegExp(`^保存图片${drawing.source}`) });
        const file = await handedOut(page, () => button.click());
        expect(file.suggestedFilename()).toMatch(/2024\.png$/);
        const picture = await savedPicture(page, file);
        expect(picture.type).toBe('PNG');
        expect(picture.width).toBeGreaterThan(600);
        expect(picture.height).toBeGreaterThan(200);
        expect(picture.colours).toBeGreaterThan(20);
      }
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'names the closed months, as does each of their figures',
    async () => {
      await closeMonths(office.source, '2023-01', '2024-03');
      const page = await office.open('officer', '/?period=2024-03&tab=funnel');
      const figure = page.getByRole('button', { name: /^招募人数：40/ });
      await figure
        .and(page.getByTitle(/数据截至 [\d: -]+\s已封存/))
        .first()
        .waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );
});
