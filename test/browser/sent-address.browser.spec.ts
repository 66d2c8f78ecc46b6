import type { Page } from 'playwright-core';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

/** What the server refuses a page from here on. */
function refusedTo(page: Page): string[] {
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(response.url());
  });
  return refused;
}

describeWithChromium('an address that was sent', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(async (source) => {
      await append(source, ...opening(), entry({ org: 'A', quantity: '40', occurredOn: '2024-03-08' }));
      await recompute(source, REGISTRY);
    });
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'leads from a figure to one of its entries with its history, and back',
    async () => {
      const page = await office.open('officer', '/?tab=funnel&period=2024&figure=registry.recruited&at=2024&of=P');
      const list = page.getByRole('dialog', { name: /招募人数/ });
      await list.getByRole('button', { name: /^打开 2024-03-08 招募登记/ }).click();
      const detail = page.getByRole('dialog', { name: '登记详情' });
      await detail.getByRole('heading', { name: '经过' }).waitFor();
      await list.waitFor({ state: 'detached' });
      await page.goBack();
      await list.getByRole('button', { name: /^打开 2024-03-08 招募登记/ }).waitFor();
      await page.context().close();
    },
    A_MINUTE,
  );

  it(
    'says which page or org of it its reader does not see, and asks for nothing of them',
    async () => {
      const city = await office.open('clerk', '/?tab=ledger', { org: 'A' });
      // Only where somebody was signed in last is anything asked before the page knows its reader.
      await city.getByRole('navigation', { name: '页面' }).waitFor();
      const ofB: string[] = [];
      city.on('request', (request) => {
        if (/\/api\/.*org=B/.test(request.url())) ofB.push(request.url());
      });
      // What is asked for early is asked for before this.
      const figures = city.waitForResponse(/\/api\/metrics\/values\?period=2024&org=A$/);
      await city.goto(`${office.address}/?tab=funnel&org=B`);
      await figures;
      expect(ofB).toEqual([]);

      const unreadable = refusedTo(city);
      const readable = city.waitForResponse(/\/api\/metrics\/values\?period=2024&org=A$/);
      await city.goto(`${office.address}/?tab=funnel&period=2024-13`);
      await readable;
      expect(unreadable).toEqual([]);

      await city.goto(`${office.address}/?tab=audit&org=B`);
      const notice = city.getByRole('status').filter({ hasText: '这个地址指向' });
      await notice.getByText('“审计”，您的角色看不到；这里是“工作台”').waitFor();
      await notice.getByText('（B）不在您能看到的范围；下面是甲市的内容').waitFor();
      await notice.getByRole('button', { name: '知道了' }).click();
      await notice.waitFor({ state: 'detached' });
      expect(await city.evaluate('document.activeElement.id')).toBe('content');

      await city.goto(`${office.address}/?tab=rules`);
      await notice.getByText('“规则与模板”，只给看全库的人').waitFor();
      await city.emulateMedia({ media: 'print' });
      await notice.getByRole('button', { name: '知道了' }).waitFor({ state: 'hidden' });
      await city.context().close();

      const administrator = await office.open('administrator', '/?tab=orgs');
      await administrator.getByRole('table', { name: '机构树' }).waitFor();
      const refused = refusedTo(administrator);
      await administrator.goto(`${office.address}/?tab=funnel&figure=registry.recruited&at=2024&of=P`);
      await administrator.getByText('“总览”，您的角色看不到；这里是“账号”').waitFor();
      await administrator.waitForLoadState('networkidle');
      expect(refused).toEqual([]);

      await administrator.goto(`${office.address}/?figure=registry.recruited&at=2024&of=P`);
      await administrator.getByText('一个数字背后的登记，您的角色看不到').waitFor();
      await administrator.getByRole('button', { name: '知道了' }).click();
      await administrator.waitForURL((url) => url.search === '');
      await administrator.context().close();
    },
    A_MINUTE,
  );
});
