import type { DataSource } from 'typeorm';
import { changeAccount } from '../../libs/accounts/accounts';
import { findAccounts } from '../../libs/accounts/accounts.queries';
import { DEMONSTRATION_ACCOUNTS, ensureDemonstrationAccounts } from '../../libs/accounts/demonstration-accounts';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { findSetupNeed, makeSetupLink, setUp } from '../../libs/accounts/setup';
import { signIn } from '../../libs/accounts/sign-in';
import { createSmallRegistry, entry, append } from '../support/small-registry';
import { makeAccount } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const PASSWORD = '半夏 长桥 松屏 二十一';
const ADMINISTRATOR = { name: 'Li.Na', displayName: '李娜', password: PASSWORD };
const REGISTRY = {
  ...{ code: 'HN', nameZh: '测试省', firstDay: '2023-01-01' },
  cities: [
    { code: 'HN01', nameZh: '甲市', nameEn: 'City A' },
    { code: 'HN02', nameZh: '乙市' },
  ],
};

let database: TestDatabase;
let source: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  source = database.source;
});

afterEach(() => database?.drop());

async function link(): Promise<string> {
  const token = await makeSetupLink(source, false);
  if (token === undefined) throw new Error('nothing is to be set up');
  return token;
}

describe('an empty database', () => {
  it('gets its registry, its cities and its administrator by the link, once', async () => {
    expect(await findSetupNeed(source.manager, false)).toBe('registry');
    const token = await link();
    const input = { token, registry: REGISTRY, administrator: ADMINISTRATOR };
    const both = await Promise.allSettled([setUp(source, input, null, false), setUp(source, input, null, false)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(setUp(source, input, null, false)).rejects.toMatchObject({ code: 'setup_link_refused' });

    expect(await findSetupNeed(source.manager, false)).toBeNull();
    expect(await makeSetupLink(source, false)).toBeUndefined();
    expect(await findAccounts(source.manager, 1, ['HN'])).toMatchObject([
      { name: 'li.na', displayName: '李娜', role: 'administrator', org: 'HN', mustChangePassword: false },
    ]);
    await signIn(source, { name: 'li.na', password: PASSWORD, address: null }, false);
    // And entries can be logged.
    expect(await append(source, entry({ org: 'HN02' }))).toMatchObject({ created: 1 });
  });

  it('stays empty when something cannot be used, and the link good', async () => {
    const wrongs: [field: string, wrong: object][] = [
      ['registry', { registry: undefined }],
      ['registry.code', { registry: { ...REGISTRY, code: 'hn' } }],
      ['registry.nameZh', { registry: { ...REGISTRY, nameZh: ' ' } }],
      ['registry.firstDay', { registry: { ...REGISTRY, firstDay: '2023-02-30' } }],
      ['registry.firstDay', { registry: { ...REGISTRY, firstDay: '2999-01-01' } }],
      ['registry.cities', { registry: { ...REGISTRY, cities: [...REGISTRY.cities, REGISTRY.cities[0]] } }],
      ['registry.cities', { registry: { ...REGISTRY, cities: [{ code: 'HN', nameZh: '某市' }] } }],
      ['registry.cities.0.code', { registry: { ...REGISTRY, cities: [{ nameZh: '某市' }] } }],
      ['password', { administrator: { ...ADMINISTRATOR, password: 'administrator123' } }],
      ['password', { administrator: { ...ADMINISTRATOR, password: '半夏 长桥 松屏 二十' } }],
    ];
    const input = { token: await link(), registry: REGISTRY, administrator: ADMINISTRATOR };
    for (const [field, wrong] of wrongs) {
      await expect(setUp(source, { ...input, ...wrong }, null, false)).rejects.toMatchObject({ details: { field } });
    }
    expect(await findSetupNeed(source.manager, false)).toBe('registry');
    await setUp(source, input, null, false);
  });

  it('is not set up by an older link, one too old, or none', async () => {
    const input = { registry: REGISTRY, administrator: ADMINISTRATOR };
    const older = await link();
    const token = await link();
    for (const wrong of [older, undefined, '', `${token}x`, `1${token.slice(1)}`]) {
      await expect(setUp(source, { ...input, token: wrong }, null, false)).rejects.toMatchObject({
        code: 'setup_link_refused',
      });
    }
    await setUp(source, { ...input, token }, null, false);
  });
});

describe('a registry without an administrator', () => {
  it('gets one by the link, and keeps all that it has', async () => {
    await createSmallRegistry(source);
    await makeAccount(source, 'clerk');
    expect(await findSetupNeed(source.manager, false)).toBe('administrator');
    const token = await link();
    // What an empty database would need is not looked at.
    await setUp(source, { token, registry: REGISTRY, administrator: ADMINISTRATOR }, null, false);
    expect(await source.query('select name_zh from registry')).toEqual([{ name_zh: '测试省' }]);
    expect(await findAccounts(source.manager, 1, ['P'])).toHaveLength(2);
    expect(await findSetupNeed(source.manager, false)).toBeNull();
  });

  it('gets none by a link that was printed before it had one', async () => {
    await createSmallRegistry(source);
    const token = await link();
    await makeAccount(source, 'administrator');
    const input = { token, administrator: ADMINISTRATOR };
    await expect(setUp(source, input, null, false)).rejects.toMatchObject({ code: 'setup_link_refused' });
    expect(await findAccounts(source.manager, 1, ['P'])).toHaveLength(1);
    expect(await source.query('select count(*)::int as links from setup_link')).toEqual([{ links: 1 }]);
    // Nor is it kept for the day on which the registry has none again.
    expect(await makeSetupLink(source, false)).toBeUndefined();
    expect(await source.query('select from setup_link')).toEqual([]);
  });

  it('is never made so: the last one can be neither disabled nor moved', async () => {
    await createSmallRegistry(source);
    const last = await makeAccount(source, 'administrator');
    await makeAccount(source, 'administrator', { org: 'A' });
    const owner = await machineOwner(source.manager, 1);
    const change = (id: string, to: object) => source.transaction((manager) => changeAccount(manager, owner, id, to));
    for (const to of [{ disabled: true }, { role: 'auditor' }, { org: 'A' }]) {
      await expect(change(last.id, to)).rejects.toMatchObject({ code: 'last_administrator' });
    }
    const another = await makeAccount(source, 'administrator');
    const both = await Promise.allSettled([last, another].map(({ id }) => change(id, { disabled: true })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the accounts of a demonstration', () => {
  it('are one for each role, made once, and come in where they are published alone', async () => {
    await createSmallRegistry(source);
    const orgs = { root: 'P', city: 'A' };
    await ensureDemonstrationAccounts(source, 1, orgs);
    await ensureDemonstrationAccounts(source, 1, orgs);
    const accounts = await findAccounts(source.manager, 1, ['P', 'A']);
    expect(accounts.map(({ role, org }) => `${role} ${org}`).sort()).toEqual([
      'administrator P',
      'auditor P',
      'clerk A',
      'officer P',
      'reviewer P',
    ]);
    for (const { name, password } of DEMONSTRATION_ACCOUNTS) {
      expect(await signIn(source, { name, password, address: null }, true)).toMatch(/^1\./);
      await expect(signIn(source, { name, password, address: null }, false)).rejects.toMatchObject({
        code: 'sign_in_refused',
      });
    }
    expect(await findSetupNeed(source.manager, true)).toBeNull();
    expect(await findSetupNeed(source.manager, false)).toBe('administrator');
  });
});
