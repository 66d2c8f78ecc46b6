import type { DataSource } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { A_MINUTE, BrowsedOffice, settled, TO_START, turnTo } from '../support/browsed-office';
import { describeWithChromium } from '../support/needs';
import { append, caseEntries, opening, REGISTRY } from '../support/small-registry';

const FUNNEL = '/?tab=funnel&period=2024';
const SCRIPT = /\/assets\/index-[^/]+\.js$/;
const NOBODY_YET = ['/api/session', '/api/session/demonstration', '/api/setup'];

let office: BrowsedOffice;

async function fill(source: DataSource): Promise<void> {
  await append(source, ...opening(), ...caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]));
  await recompute(source, REGISTRY);
}

describeWithChromium('the beginning of the page', () => {
  beforeAll(async () => {
    office = await BrowsedOffice.start(fill);
  }, TO_START);

  afterAll(() => office?.close(), A_MINUTE);

  it(
    'asks for its first figures while its script is still on the way, and for none of them twice',
    async () => {
      const before = await office.open('officer', FUNNEL);
      await before.getByRole('button', { name: /^招募人数：/ }).waitFor();
      const page = await before.context().newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url().slice(office.address.length)));
      const answered = page.waitForResponse(/\/api\/indicators\/values\?period=2024&org=[^&]+$/);
      // Nor are they kept waiting by what says where the page begins: it is known from the last time.
      for (const later of [SCRIPT, '**/api/status', '**/api/session']) {
        await page.route(later, async (route) => {
          await answered;
          await route.continue();
        });
      }
      await page.goto(`${office.address}${FUNNEL}`);
      await page.getByRole('button', { name: /^招募人数：/ }).waitFor();

      const first = [/session$/, /catalogue$/, /orgs$/, /metrics\/values\?period=2024&org=[^&]+$/];
      for (const path of [...first, /indicators\/values\?period=2024&org=[^&]+$/]) {
        expect(asked.filter((one) => path.test(one))).toHaveLength(1);
      }
    },
    A_MINUTE,
  );

  it(
    'begins where it should though it began elsewhere last time',
    async () => {
      const page = await office.open('officer', '/?tab=funnel', { name: 'officer-of-another-year' });
      await page.getByRole('button', { name: /^招募人数：/ }).waitFor();
      const kept = await page.evaluate(`localStorage.getItem('marrow-ledger.beginning')`);
      expect(JSON.parse(String(kept))).toEqual({ latestYear: '2024', root: 'P' });
      await page.evaluate(`localStorage.setItem('marrow-ledger.beginning', '{"latestYear":"2023","root":"P"}')`);
      const guessed = page.waitForRequest(/\/api\/metrics\/values\?period=2023&/);
      const right = page.waitForResponse(/\/api\/metrics\/values\?period=2024&org=P$/);
      await page.reload();
      await guessed;
      expect((await right).ok()).toBe(true);
      await page.getByRole('button', { name: /^招募人数：/ }).waitFor();
      expect(await page.evaluate(`localStorage.getItem('marrow-ledger.beginning')`)).toBe(kept);
    },
    A_MINUTE,
  );

  it(
    'asks for nothing on the workbench of a ledger begun today that would be refused',
    async () => {
      const page = await office.open('officer', '/?tab=funnel', { name: 'officer-of-today' });
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 400) refused.push(response.url());
      });
      await turnTo(page, '工作台');
      await page.getByText('还没有可以比较的数字').waitFor();
      await settled(page);
      expect(refused).toEqual([]);
    },
    A_MINUTE,
  );

  it(
    'asks for nothing but the way in where nobody is signed in any more',
    async () => {
      const page = await office.open('officer', FUNNEL);
      await page.getByRole('button', { name: '退出' }).click();
      await page.getByRole('heading', { name: '登录' }).waitFor();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() >= 400) refused.push(response.url());
      });
      await page.reload();
      await page.getByRole('heading', { name: '登录' }).waitFor();
      expect(refused).toEqual([]);
      expect([...new Set(asked.filter((path) => path.startsWith('/api/')))].sort()).toEqual(NOBODY_YET);
    },
    A_MINUTE,
  );

  it(
    'shows the way in when the session has ended, and the figures once there is one again',
    async () => {
      const page = await office.open('officer', FUNNEL, { name: 'officer-of-yesterday' });
      await page.getByRole('button', { name: /^招募人数：/ }).waitFor();
      const cookies = await page.context().cookies();
      await page.context().clearCookies();
      await page.reload();
      await page.getByRole('heading', { name: '登录' }).waitFor();
      await page.context().addCookies(cookies);
      await page.reload();
      await page.getByRole('button', { name: /^招募人数：/ }).waitFor();
    },
    A_MINUTE,
  );

  it('sends its script compressed as the browser can read it, to be kept, and its page to be asked for again', async () => {
    const page = await fetch(`${office.address}/`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = [...(await page.text()).matchAll(/src="([^"]+)"/g)]
      .map(([, path]) => path!)
      .find((path) => SCRIPT.test(path))!;
    const sent = async (encodings: string) => {
      const { headers } = await fetch(`${office.address}${script}`, { headers: { 'accept-encoding': encodings } });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-type')).toMatch(/javascript/);
      expect(headers.get('vary')).toBe('accept-encoding');
      return headers.get('content-encoding');
    };
    expect(await sent('gzip, deflate, br')).toBe('br');
    expect(await sent('gzip')).toBe('gzip');
    expect(await sent('identity')).toBeNull();
    expect((await fetch(`${office.address}${script}.br`)).status).toBe(404);
  });
});
