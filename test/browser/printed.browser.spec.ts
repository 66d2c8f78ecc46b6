import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, settled, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, entry, opening, REGISTRY } from '../support/small-registry';

const PRINTED = {
  officer: [
    '/?tab=funnel',
    '/?tab=analysis',
    '/?tab=analysis&show=cities',
    '/?tab=indicators',
    '/?tab=assessment&form=hunan&period=2024',
  ],
  clerk: ['/?tab=ledger', '/?tab=sheet&day=2024-06-03'],
} as const;

/** What stays where it is on a screen, and would lie over what is printed. */
const STAYS = `[...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility() && ['sticky', 'fixed'].includes(getComputedStyle(one).position))
  .map(({ tagName, className }) => tagName + ' ' + className)`;

let office: BrowsedOffice;

describeWithChromium('what is printed', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), ...opening('B'), entry({ quantity: '40' }));
      await append(source, ...caseEntries('2024-06-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it.each(Object.entries(PRINTED))(
    'moves with its page, for the %s',
    async (role, paths) => {
      const page = await office.open(role as keyof typeof PRINTED);
      await page.emulateMedia({ media: 'print' });
      for (const path of paths) {
        await page.goto(`${office.address}${path}`);
        await settled(page);
        await page.locator('main table').first().waitFor();
        expect({ path, stays: await page.evaluate(STAYS) }).toEqual({ path, stays: [] });
      }
      await page.context().close();
    },
    2 * A_MINUTE,
  );
});
