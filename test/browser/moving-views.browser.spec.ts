import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

/** One request of city A; each test adds its own. */
let requests = 1;

async function fill(source: DataSource): Promise<void> {
  await append(source, ...opening(), ...caseEntries('2024-03-05', [['ScreenRequested']]));
  await recompute(source, REGISTRY);
}

describeWithChromium('a view that somebody looks at while another logs', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it.each([
    ['the overview', 'funnel', '初筛：{n} 人次，查看明细'],
    ['the funnel by period', 'analysis', '初筛 请求：{n} 人次，查看明细'],
    ['the funnel by cohort', 'analysis', '初筛 进入：{n}，查看个案'],
    ['open cases', 'analysis&show=ages', '合计：{n}，查看个案'],
    ['cities compared', 'analysis&show=cities&window=0', '甲市 全部请求：{n}，查看个案'],
    ['the indicators', 'indicators', '初筛：{n} 人次，查看明细'],
  ])(
    'moves without a reload: %s',
    async (_, tab, name) => {
      const page = await office.open('officer', `/?period=2024&tab=${tab}`);
      const figure = (n: number) => page.getByRole('button', { name: name.replace('{n}', String(n)), exact: true });
      await figure(requests).first().waitFor();
      await page.evaluate('window.stayed = true');
      requests += 1;
      await append(office.source, ...caseEntries('2024-04-05', [['ScreenRequested']]));
      // What comes by another way than the API is found by the worker’s next look.
      await figure(requests).first().waitFor({ timeout: 45_000 });
      expect(await page.evaluate('window.stayed')).toBe(true);
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
