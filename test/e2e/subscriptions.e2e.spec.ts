import { createHmac, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { insertDeliveries } from '../../libs/deliveries/deliveries.queries';
import { HttpApplication } from '../support/http-application';
import { MailServer } from '../support/mail-server';
import { bearer, makeAccount, pageOf, tokenOf } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { WebhookReceiver, type ReceivedRequest } from '../support/webhook-receiver';

let database: TestDatabase;
let source: DataSource;
let receiver: WebhookReceiver;
let application: HttpApplication;

beforeAll(async () => {
  [database, receiver] = await Promise.all([createTestDatabase(), WebhookReceiver.start()]);
  source = database.source;
  await createSmallRegistry(source);
  application = await HttpApplication.start({ databaseUrl: database.url });
});

beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 200 });
});

afterAll(async () => {
  await application?.close();
  await Promise.all([receiver?.close(), database?.drop()]);
});

const webhook = () => ({ topic: 'worklists', via: 'webhook', address: receiver.url(`/${randomUUID()}`) });

async function subscribed() {
  const headers = await bearer(source, 'administrator');
  const { status, body } = await application.post('/api/subscriptions', webhook(), headers);
  expect(status).toBe(201);
  return { headers, ...(body as { id: string; secret: string }) };
}

describe('an administrator', () => {
  it('has a webhook told of the worklists, sees its secret once, tries it, and ends it', async () => {
    const { headers, id, secret } = await subscribed();
    const listed = await application.get('/api/subscriptions', headers);
    expect(listed.body).toMatchObject({
      subscriptions: [{ id, topic: 'worklists', org: 'P', via: 'webhook', live: true, endedAt: null }],
      mail: false,
    });
    expect(JSON.stringify(listed.body)).not.toContain(secret);

    const tried = await application.post(`/api/subscriptions/${id}/test`, {}, headers);
    expect(tried).toMatchObject({ status: 200, body: { delivery: { state: 'delivered', attempts: 1 } } });
    const [request] = receiver.received;
    const at = request?.headers['x-marrow-timestamp'];
    const signature = createHmac('sha256', secret)
      .update(`${String(at)}.${request?.body}`)
      .digest('hex');
    expect(request?.headers['x-marrow-signature']).toBe(`sha256=${signature}`);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ topic: 'test', for: 'worklists', org: 'P' });

    expect((await application.ask(`/api/subscriptions/${id}`, { method: 'DELETE', headers })).status).toBe(204);
    const again = await application.post(`/api/subscriptions/${id}/test`, {}, headers);
    expect(again).toMatchObject({ status: 409, body: { code: 'subscription_not_live' } });
  });

  it('sees why one was given up, and has it sent again by the worker', async () => {
    const { headers, id } = await subscribed();
    const delivery = randomUUID();
    const made = { id: delivery, subscriptionId: id, occasion: '2024-03-11', body: { topic: 'worklists' } };
    await insertDeliveries(source.manager, REGISTRY, [made], new Date());
    await source.query(
      `update delivery set state = 'dead', attempts = 7, last_problem = '{"zh": "对方回答 500。", "en": "-"}' where id = $1`,
      [delivery],
    );
    const { body } = await application.get(`/api/subscriptions/${id}/deliveries`, headers);
    expect(body.deliveries).toMatchObject([
      { id: delivery, state: 'dead', attempts: 7, lastProblem: { zh: '对方回答 500。' }, nextAttemptAt: null },
    ]);
    const arrived = new Promise<void>((resolve) => {
      receiver.answer = () => {
        resolve();
        return { status: 200 };
      };
    });
    const resend = `/api/subscriptions/${id}/deliveries/${delivery}/resend`;
    expect(await application.post(resend, {}, headers)).toMatchObject({
      status: 202,
      body: { delivery: { state: 'waiting', attempts: 0 } },
    });
    await application.queue.add('deliver', {});
    await arrived;
    expect(receiver.ids).toEqual([delivery]);
    const missing = await application.post(resend.replace(delivery, randomUUID()), {}, headers);
    expect(missing).toMatchObject({ status: 404, body: { code: 'delivery_unknown' } });
  });

  it('has a webhook told at once of a month that is closed, and of one that is opened again', async () => {
    const headers = await bearer(source, 'administrator');
    await application.post('/api/subscriptions', { ...webhook(), topic: 'months' }, headers);
    const reviewer = await bearer(source, 'reviewer');
    for (const [act, event] of [
      ['close', 'closed'],
      ['reopen', 'reopened'],
    ]) {
      const arrived = new Promise<ReceivedRequest>((resolve) => {
        receiver.answer = (request) => {
          resolve(request);
          return { status: 200 };
        };
      });
      const answer = await application.post(`/api/months/2023-01/${act}`, { reason: '试点' }, reviewer);
      expect(answer.status).toBe(200);
      expect(JSON.parse((await arrived).body)).toMatchObject({ topic: 'months', event, months: ['2023-01'] });
    }
  });

  it('of one city sees no subscription of another, and cannot touch it', async () => {
    const { id } = await subscribed();
    const elsewhere = await bearer(source, 'administrator', { org: 'B' });
    expect((await application.get('/api/subscriptions', elsewhere)).body.subscriptions).toEqual([]);
    const unknown = { status: 404, body: { code: 'subscription_unknown' } };
    expect(await application.get(`/api/subscriptions/${id}/deliveries`, elsewhere)).toMatchObject(unknown);
    expect(await application.post(`/api/subscriptions/${id}/test`, {}, elsewhere)).toMatchObject(unknown);
    const end = { method: 'DELETE', headers: elsewhere };
    expect(await application.ask(`/api/subscriptions/${id}`, end)).toMatchObject(unknown);
  });

  it('of one city has the server call nobody', async () => {
    const elsewhere = await bearer(source, 'administrator', { org: 'B' });
    for (const org of ['B', 'P', undefined]) {
      const answer = await application.post('/api/subscriptions', { ...webhook(), org }, elsewhere);
      expect(answer).toMatchObject({ status: 403, body: { code: 'permission_missing', field: 'via' } });
    }
  });

  it('gets no mail, who may read no entries', async () => {
    const headers = await bearer(source, 'administrator');
    const input = { topic: 'worklists', via: 'mail', address: 'a@office.example' };
    const answer = await application.post('/api/subscriptions', input, headers);
    expect(answer).toMatchObject({ status: 403, body: { code: 'permission_missing', field: 'via' } });
  });
});

describe('a clerk', () => {
  it('cannot have the server call out, and is told what is missing for mail', async () => {
    expect(await application.post('/api/subscriptions', webhook())).toMatchObject({
      status: 403,
      body: { code: 'permission_missing', field: 'via' },
    });
    const input = { topic: 'worklists', via: 'mail', address: 'clerk@office.example' };
    const refused = await application.post('/api/subscriptions', input);
    expect(refused).toMatchObject({ status: 422, body: { code: 'mail_not_set_up' } });
    expect(refused.body.detail).toContain('SMTP_URL');
  });

  it.each([
    ['topic', { topic: 'birthdays' }],
    ['via', { via: 'pigeon' }],
    ['org', { org: 7 }],
  ])('is told which field cannot be used: %s', async (field, wrong) => {
    const headers = await bearer(source, 'administrator');
    const answer = await application.post('/api/subscriptions', { ...webhook(), ...wrong }, headers);
    expect(answer).toMatchObject({ status: 422, body: { code: 'field_not_readable', field } });
  });

  it('whose token was not made for it keeps no subscriptions', async () => {
    const account = await makeAccount(source, 'clerk');
    const authorization = `Bearer ${await tokenOf(source, account, ['entries.read'])}`;
    const answer = await application.get('/api/subscriptions', { authorization });
    expect(answer).toMatchObject({ status: 403, body: { code: 'permission_missing' } });
  });

  it('of an office with a mail server gets a mail to try it, and only sees their own', async () => {
    const mail = await MailServer.start();
    process.env.SMTP_URL = mail.url;
    process.env.MAIL_FROM = 'ledger@office.example';
    const office = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
    delete process.env.SMTP_URL;
    delete process.env.MAIL_FROM;
    try {
      const shown = await pageOf(source, await makeAccount(source, 'clerk'));
      const input = { topic: 'worklists', via: 'mail', address: 'clerk@office.example', org: 'A' };
      const made = await office.post('/api/subscriptions', input, shown);
      expect(made).toMatchObject({ status: 201, body: { secret: null } });
      const { body } = await office.get('/api/subscriptions', shown);
      expect(body).toMatchObject({ subscriptions: [{ id: made.body.id, org: 'A', via: 'mail' }], mail: true });
      const tried = await office.post(`/api/subscriptions/${made.body.id}/test`, {}, shown);
      expect(tried.body.delivery.state).toBe('delivered');
      expect(mail.received).toMatchObject([
        { to: ['clerk@office.example'], text: expect.stringContaining('测试通知') },
      ]);
      const twice = await office.post('/api/subscriptions', input, shown);
      expect(twice).toMatchObject({ status: 409, body: { code: 'subscription_exists' } });
    } finally {
      await office.close();
      await mail.close();
    }
  });
});
