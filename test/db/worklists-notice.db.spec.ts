import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { ledgerHandlers } from '../../apps/worker/handlers';
import type { RoleCode } from '../../libs/accounts/roles';
import { deliverDue } from '../../libs/deliveries/deliver-due';
import { listDeliveries } from '../../libs/deliveries/deliveries';
import { sendersOf } from '../../libs/deliveries/office-senders';
import type { Senders } from '../../libs/deliveries/senders';
import { makeSubscription } from '../../libs/deliveries/subscriptions';
import { notifyWorklists } from '../../libs/ledger/notify-worklists';
import { reverseEntries } from '../../libs/ledger/reverse';
import { MailServer } from '../support/mail-server';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { WebhookReceiver } from '../support/webhook-receiver';

const MORNING = new Date('2024-03-11T07:30:00+08:00');
const NEXT_MORNING = new Date('2024-03-12T07:30:00+08:00');

let database: TestDatabase;
let mail: MailServer;
let receiver: WebhookReceiver;
let senders: Senders;

beforeEach(async () => {
  [database, mail, receiver] = await Promise.all([createTestDatabase(), MailServer.start(), WebhookReceiver.start()]);
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
  senders = sendersOf({ SMTP_URL: mail.url, MAIL_FROM: 'ledger@office.example' });
});

afterEach(() => Promise.all([database?.drop(), mail?.close(), receiver?.close()]));

async function subscribe(role: RoleCode, address: string, of: { from?: string; org?: string } = {}) {
  const account = await makeAccount(database.source, role, { org: of.from });
  const principal = await principalOf(database.source, account);
  const via = role === 'administrator' ? 'webhook' : 'mail';
  const input = { topic: 'worklists', via, address, org: of.org };
  const { id } = await makeSubscription(database.source.manager, principal, senders, input);
  return { id, account, deliveries: () => listDeliveries(database.source.manager, principal, id) };
}

/** Two requests that wait in A since the first of March, one in A1 and one in B. */
async function someWait() {
  const asked = [
    ...caseEntries('2024-03-01', [['ScreenRequested']]),
    ...caseEntries('2024-03-05', [['ScreenRequested']]),
    ...caseEntries('2024-03-08', [['ScreenRequested'], ['ScreenAnswered', 'agreed'], ['RemobiliseRequested']], 'A1'),
    ...caseEntries('2024-03-02', [['ScreenRequested']], 'B'),
  ];
  await append(database.source, ...asked);
  return asked;
}

const notify = (now: Date) => notifyWorklists(database.source, REGISTRY, now);
const deliver = (now: Date) => deliverDue(database.source, senders, now);

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe('the mail of the morning', () => {
  it('says by list how many wait, how many too long, and how long the longest, and no code of anybody', async () => {
    const asked = await someWait();
    await subscribe('clerk', 'clerk@office.example', { org: 'A' });
    expect(await notify(MORNING)).toBe(1);
    expect(await deliver(MORNING)).toEqual({ delivered: 1, failed: 0, dead: 0 });
    const [letter, ...others] = mail.received;
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ from: 'ledger@office.example', to: ['clerk@office.example'] });
    expect(letter?.headers).toMatchObject({
      subject: '髓缘台账 甲市待办 2024-03-11：等待 3，逾期 1',
      'auto-submitted': 'auto-generated',
      'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@office\.example>$/),
    });
    expect(letter?.headers['content-type']).toMatch(/^text\/plain/);
    expect(letter?.text.split('\n')).toEqual(
      expect.arrayContaining([
        '髓缘台账 · 甲市（A）· 2024-03-11',
        '初筛待答复：等待 2，逾期 1，最长 10 天。请联系捐献者，登记初筛答复。',
        '再动员待答复：等待 1，逾期 0，最长 1 天。请联系捐献者，登记再动员答复。',
        'Marrow Ledger · City A (A) · 2024-03-11',
        'first mobilisations without an answer: 2 waiting, 1 overdue, longest 10 days. To do: reach the donor and log the answer.',
      ]),
    );
    for (const { caseCode, donorCode } of asked) {
      expect(letter?.text).not.toMatch(new RegExp(`\\b(${caseCode}|${donorCode})\\b`));
    }
  });

  it('that the server refuses is tried again, and why is kept in a few words', async () => {
    await someWait();
    const { deliveries } = await subscribe('clerk', 'nobody@office.example');
    await notify(MORNING);
    mail.answerTo = () => `550 5.1.1 no such mailbox ${'x'.repeat(500)}`;
    expect(await deliver(MORNING)).toEqual({ delivered: 0, failed: 1, dead: 0 });
    const [before] = await deliveries();
    expect(before?.lastProblem?.zh).toMatch(/^邮件服务器拒收：550 5\.1\.1 no such mailbox x{20}/);
    expect(before?.lastProblem?.zh.length).toBeLessThan(140);
    mail.answerTo = () => '250 OK';
    expect(await deliver(new Date(MORNING.getTime() + 70_000))).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(mail.received[0]?.headers['message-id']).toBe(`<${before?.id}@office.example>`);
  });

  it('waits while there is no mail server, and a subscription to it is refused and names what to set', async () => {
    await someWait();
    const { deliveries } = await subscribe('clerk', 'clerk@office.example');
    await notify(MORNING);
    senders = sendersOf({});
    expect(await deliver(MORNING)).toEqual({ delivered: 0, failed: 1, dead: 0 });
    expect((await deliveries())[0]?.lastProblem?.zh).toContain('SMTP_URL');
    await expect(subscribe('clerk', 'other@office.example')).rejects.toMatchObject({
      code: 'mail_not_set_up',
      sentence: { zh: expect.stringContaining('SMTP_URL') },
    });
  });

  it.each(['', 'nobody', 'a@office.example, b@office.example', 'a@office.example\r\nBcc: b@office.example'])(
    'goes to one mailbox; %j is refused with the field’s name',
    async (address) => {
      await expect(subscribe('clerk', address)).rejects.toMatchObject({
        code: 'field_not_readable',
        details: { field: 'address' },
      });
    },
  );
});

describe('the notice of the morning', () => {
  it('goes to a webhook as counts by list', async () => {
    await someWait();
    await subscribe('administrator', receiver.url('/'));
    await notify(MORNING);
    await deliver(MORNING);
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual([
      {
        topic: 'worklists',
        org: 'P',
        name: { zh: '测试省', en: 'Test Province' },
        date: '2024-03-11',
        lists: [
          expect.objectContaining({ key: 'screen_unanswered', waiting: 3, overdue: 2, held: 0, longestDays: 10 }),
          expect.objectContaining({ key: 'remobilise_unanswered', waiting: 1, overdue: 0, held: 0, longestDays: 1 }),
        ],
      },
    ]);
  });

  it('counts the subtree of its org and nobody else', async () => {
    await someWait();
    await subscribe('clerk', 'a1@office.example', { from: 'A1' });
    await subscribe('reviewer', 'b@office.example', { from: 'B' });
    await notify(MORNING);
    await deliver(MORNING);
    const subjects = Object.fromEntries(mail.received.map(({ to, headers }) => [to[0], headers.subject]));
    expect(subjects).toEqual({
      'a1@office.example': '髓缘台账 甲一县待办 2024-03-11：等待 1，逾期 0',
      'b@office.example': '髓缘台账 乙市待办 2024-03-11：等待 1，逾期 1',
    });
    await expect(subscribe('clerk', 'x@office.example', { from: 'B', org: 'A' })).rejects.toMatchObject({
      code: 'org_unknown',
    });
  });

  it('is sent once a day, however often its job runs, and one act says so', async () => {
    await someWait();
    await subscribe('clerk', 'clerk@office.example');
    expect(await Promise.all([notify(MORNING), notify(MORNING)])).toEqual(expect.arrayContaining([0, 1]));
    expect(await notify(new Date('2024-03-11T20:00:00+08:00'))).toBe(0);
    await deliver(MORNING);
    expect(mail.received).toHaveLength(1);
    const acts = await database.source.query(
      `select thing, detail from audit_act where registry_id = $1 and act = 'worklists.notify'`,
      [REGISTRY],
    );
    expect(acts).toEqual([{ thing: '2024-03-11', detail: { queued: 1 } }]);
  });

  it('of a morning that was missed is not made up: a job that comes in the night waits for its own morning', async () => {
    await someWait();
    const { deliveries } = await subscribe('clerk', 'clerk@office.example');
    expect(await notify(new Date('2024-03-12T00:10:00+08:00'))).toBe(0);
    expect(await notify(new Date('2024-03-12T06:59:00+08:00'))).toBe(0);
    expect(await notify(NEXT_MORNING)).toBe(1);
    expect((await deliveries()).map(({ occasion }) => occasion)).toEqual(['2024-03-12']);
  });

  it('is not sent when nobody waits', async () => {
    await someWait();
    await subscribe('clerk', 'a1@office.example', { from: 'A1' });
    await subscribe('administrator', receiver.url('/'), { org: 'B' });
    expect(await notify(new Date('2024-02-20T07:30:00+08:00'))).toBe(0);
    expect(await deliver(MORNING)).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect([mail.received, receiver.received]).toEqual([[], []]);
  });

  it('leaves out an org in which the last who waited has gone', async () => {
    const asked = await someWait();
    await subscribe('clerk', 'b@office.example', { from: 'B' });
    const inB = asked.filter(({ org }) => org === 'B').map(({ id }) => id);
    const reversals = inB.map((id) => ({ id: randomUUID(), reverses: id, justification: '登记有误' }));
    await reverseEntries(database.source, reversals, WRITER);
    expect(await notify(MORNING)).toBe(0);
  });

  it('goes to nobody whose account is disabled, or may no longer read there', async () => {
    await someWait();
    const disabled = await subscribe('clerk', 'one@office.example');
    const moved = await subscribe('clerk', 'two@office.example', { org: 'A' });
    const changed = await subscribe('officer', 'three@office.example');
    await subscribe('auditor', 'four@office.example');
    await asOwner(`update account set disabled_at = now() where id = '${disabled.account.id}'`);
    await asOwner(`update account set org = 'B' where id = '${moved.account.id}'`);
    await asOwner(`update account set role = 'administrator' where id = '${changed.account.id}'`);
    expect(await notify(MORNING)).toBe(1);
    await deliver(MORNING);
    expect(mail.received.map(({ to }) => to)).toEqual([['four@office.example']]);
  });

  it('is queued by its job for every registry, and sent by the job of each minute', async () => {
    await createSmallRegistry(database.source, 2);
    await someWait();
    await subscribe('administrator', receiver.url('/'));
    jest.useFakeTimers({ now: MORNING, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
    try {
      const handlers = ledgerHandlers(database.source);
      await handlers.notify({});
      await handlers.deliver({});
    } finally {
      jest.useRealTimers();
    }
    expect(receiver.received).toHaveLength(1);
  });
});
