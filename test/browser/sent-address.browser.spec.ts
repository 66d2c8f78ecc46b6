import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, TO_START } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, entry, opening, REGISTRY } from '../support/small-registry';

let office: BrowsedOffice;

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
      const city = await office.open('clerk', '/?tab=audit&org=B', { org: 'A' });
      const notice = city.getByRole('status').filter({ hasText: '这个地址指向' });
      await notice.getByText('“审计”，您的角色看不到；这里是“工作台”').waitFor();
      await notice.getByText('（B）不在您能看到的范围；下面是甲市的内容').waitFor();
      await notice.getByRole('button', { name: '知道了' }).click();
      await notice.waitFor({ state: 'detached' });
      await city.context().close();

      const administrator = await office.open('administrator', '/?tab=orgs');
      await administrator.getByRole('table', { name: '机构树' }).waitFor();
      const refused: string[] = [];
      administrator.on('response', (response) => {
        if (response.status() >= 400) refused.push(response.url());
      });
      await administrator.goto(`${office.address}/?tab=funnel&figure=registry.recruited&at=2024&of=P`);
      await administrator.getByText('“总览”，您的角色看不到；这里是“账号”').waitFor();
      await administrator.waitForLoadState('networkidle');
      expect(refused).toEqual([]);
      await administrator.context().close();
    },
    A_MINUTE,
  );
});
