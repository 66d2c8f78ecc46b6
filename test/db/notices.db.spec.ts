import type { RoleCode } from '../../libs/accounts/roles';
import { insertNotice, type Notice } from '../../libs/deliveries/deliveries.queries';
import { listDeliveries } from '../../libs/deliveries/deliveries';
import { sendersOf } from '../../libs/deliveries/office-senders';
import { endSubscription, makeSubscription, theSubscription } from '../../libs/deliveries/subscriptions';
import { closeAndRecompute, closeInTransaction } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { closeHalfYear, freezeAt } from '../support/frozen-assessments';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SENDERS = sendersOf({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'ledger@office.example' });

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

async function subscribed(topic: string, role: RoleCode = 'administrator', org?: string) {
  const { source } = database;
  const principal = await principalOf(source, await makeAccount(source, role, { org }));
  const [via, address] =
    role === 'administrator' ? ['webhook', 'https://receiver.example/'] : ['mail', 'reader@office.example'];
  const { id } = await makeSubscription(source.manager, principal, SENDERS, { topic, via, address });
  const told = async () => {
    const shown = await listDeliveries(source.manager, principal, id);
    const bodies: { occasion: string; body: Record<string, unknown> }[] = await source.query(
      'select occasion, body from delivery where subscription_id = $1 order by created_at',
      [id],
    );
    expect(bodies.map(({ occasion }) => occasion).sort()).toEqual(shown.map(({ occasion }) => occasion).sort());
    return bodies;
  };
  return { id, principal, told };
}

const close = (month: string) => closeAndRecompute(database.source, REGISTRY, month, 'reviewer');
const reopen = (month: string) =>
  database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, 'reviewer', '漏登'));

describe('who wants to be told of months', () => {
  it('is told of each closing with the hashes of its seals, and of what a reopening undoes', async () => {
    const { told } = await subscribed('months');
    const [january] = await close('2023-01');
    await close('2023-02');
    const [march, quarter] = await close('2023-03');
    await reopen('2023-02');
    await close('2023-02');
    const heard = await told();
    expect(heard.map(({ occasion }) => occasion)).toEqual([
      'closed 2023-01 1',
      'closed 2023-02 1',
      'closed 2023-03 1',
      'reopened 2023-02 1',
      'closed 2023-02 2',
    ]);
    expect(heard[0]?.body).toEqual({
      topic: 'months',
      event: 'closed',
      months: ['2023-01'],
      at: expect.stringMatching(/^\d{4}-.+Z$/),
      seals: [{ period: '2023-01', number: 1, hash: january?.hash, path: '/api/feed/indicators/2023-01' }],
    });
    expect(heard[2]?.body).toMatchObject({
      seals: [
        { period: '2023-03', hash: march?.hash },
        { period: '2023-Q1', hash: quarter?.hash, path: '/api/feed/indicators/2023-Q1' },
      ],
    });
    expect(heard[3]?.body).toMatchObject({ event: 'reopened', months: ['2023-03', '2023-02'] });
    expect((heard[3]?.body.seals as unknown[]).length).toBe(3);
  });

  it('is told of it in a city by mail too, and who asked for something else is not', async () => {
    const city = await subscribed('months', 'clerk', 'A');
    const other = await subscribed('worklists');
    await close('2023-01');
    expect(await city.told()).toMatchObject([
      { body: { subject: '髓缘台账：2023-01 已结账 Marrow Ledger: 2023-01 closed' } },
    ]);
    expect(await other.told()).toEqual([]);
  });

  it('is told of nothing that did not come to be', async () => {
    const { told } = await subscribed('months');
    const broken = database.source.transaction(async (manager) => {
      await closeInTransaction(manager, REGISTRY, '2023-01', 'reviewer', null, null);
      throw new Error('power cut');
    });
    await expect(broken).rejects.toThrow('power cut');
    await expect(close('2023-02')).rejects.toMatchObject({ code: 'month_order' });
    expect(await told()).toEqual([]);
  });

  it('holds up no closing while the subscription is looked at, and hears nothing once it has ended', async () => {
    const { id, principal, told } = await subscribed('months');
    await database.source.transaction(async (manager) => {
      await theSubscription(manager, principal, id);
      await close('2023-01');
    });
    await endSubscription(database.source.manager, principal, id);
    await close('2023-02');
    expect(await told()).toHaveLength(1);
  });
});

describe('a notice of one org', () => {
  it('goes to who asked for it or for an org above, once, and to nobody beside or below', async () => {
    const above = await subscribed('assessments');
    const beside = await subscribed('assessments', 'officer', 'B');
    const there = await subscribed('assessments', 'officer', 'A');
    const below = await subscribed('assessments', 'officer', 'A1');
    const notice: Notice = {
      topic: 'assessments',
      occasion: 'hunan 2024 A 1',
      org: 'A',
      webhook: { by: 'webhook' },
      mail: { subject: 'by mail', text: '' },
    };
    const tell = () => insertNotice(database.source.manager, REGISTRY, notice, new Date());
    expect(await tell()).toBe(2);
    expect(await tell()).toBe(0);
    expect(await above.told()).toEqual([{ occasion: 'hunan 2024 A 1', body: { by: 'webhook' } }]);
    expect(await there.told()).toMatchObject([{ body: { subject: 'by mail' } }]);
    expect([await beside.told(), await below.told()]).toEqual([[], []]);
  });

  it('calls a frozen assessment by mail what its papers call it', async () => {
    const { told } = await subscribed('assessments', 'officer');
    await closeHalfYear(database.source, '2023');
    const address = { org: 'P', form: 'hunan', period: '2023-H1', project: '', revision: 1 };
    await freezeAt(database.source, address, {});
    const [heard] = await told();
    expect(heard?.body.subject).toContain('部门整体支出绩效监控表定稿 2023-H1 P（第 1 稿）');
    expect(heard?.body.text).toContain(
      'The half-year monitoring of the whole unit’s expenditure, 2023-H1 P, revision 1',
    );
  });
});
