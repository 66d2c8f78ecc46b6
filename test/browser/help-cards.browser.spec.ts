import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { closedByEscape } from '../support/until-gone';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

async function fill(source: DataSource): Promise<void> {
  const asked = caseEntries('2024-03-05', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  await append(source, ...opening(), entry({ quantity: '40', occurredOn: '2024-03-08' }), ...asked);
  await recompute(source, REGISTRY);
}

describeWithChromium('beside the name of a figure', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it.each([
    ['a tile', 'funnel', '招募人数的口径', '计入'],
    ['a row of stages', 'funnel', '初筛成功率的口径', '分子与分母'],
    ['a column of cities', 'funnel', '捐献例数的口径', '计入'],
    ['a stage of the funnel', 'analysis', '初筛成功率的口径', '分子与分母'],
    ['the bridge', 'analysis&show=bridge&stage=remobilise', '再动员的口径', '计入'],
    ['a contribution', 'analysis&show=cities', '捐献例数的口径', '计入'],
    ['the list behind a figure', 'funnel&figure=registry.recruited&at=2024&of=P', '招募人数的口径', '计入'],
    ['a line of the self-assessment', 'assessment&form=hunan', '招募人数的口径', '计入'],
  ])(
    'stands what it means, one key away: %s',
    async (_, tab, name, said) => {
      const page = await office.open('officer', `/?period=2024&tab=${tab}`);
      const opens = tab.includes('figure=');
      // What opens takes the keyboard to itself.
      if (opens) await page.locator(':focus').waitFor();
      await (opens ? page.getByRole('dialog') : page).getByRole('link', { name }).last().focus();
      await page.keyboard.press('Enter');
      const card = page.getByRole('dialog', { name, exact: true });
      await card.getByText(said, { exact: true }).waitFor();
      expect(page.url()).toContain(`tab=${tab.split('&')[0]}`);
      await closedByEscape(card);
      await page.context().close();
    },
    A_MINUTE,
  );
});
