import { webcrypto } from 'node:crypto';
import { Client } from 'pg';
import type { RoleCode } from '../../libs/accounts/roles';
import { applicationDataSource } from '../../libs/database/data-source';
import { BACK_OFF, deliverDue } from '../../libs/deliveries/deliver-due';
import { listDeliveries, queueTest, resendDelivery } from '../../libs/deliveries/deliveries';
import { insertDeliveries } from '../../libs/deliveries/deliveries.queries';
import { sendersOf } from '../../libs/deliveries/office-senders';
import { webhookSender } from '../../libs/deliveries/webhook';
import { endSubscription, listSubscriptions, makeSubscription } from '../../libs/deliveries/subscriptions';
import { principalOf } from '../support/principals';
import { makeAccount, type TestAccount } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { WebhookReceiver } from '../support/webhook-receiver';

const NOW = new Date('2024-03-11T07:30:00+08:00');
const SENDERS = sendersOf({});

let database: TestDatabase;
let receiver: WebhookReceiver;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterAll(() => database?.drop());

beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});

afterEach(async () => {
  await receiver.close();
  // What a test leaves behind is not sent in the next.
  await asOwner(`update delivery set state = 'dead' where state = 'waiting'`);
});

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function after(seconds: number, from = NOW): Date {
  return new Date(from.getTime() + seconds * 1000);
}

async function asking(role: RoleCode, org?: string) {
  const account = await makeAccount(database.source, role, { org });
  return { account, principal: await principalOf(database.source, account) };
}

/** A webhook of an administrator, and its first message. */
async function subscribed(url = receiver.url('/hook')) {
  const { account, principal } = await asking('administrator');
  const input = { topic: 'worklists', via: 'webhook', address: url };
  const { id, secret } = await makeSubscription(database.source.manager, principal, SENDERS, input);
  const deliveries = () => listDeliveries(database.source.manager, principal, id);
  return { id, secret: secret ?? '', account, principal, deliveries };
}

async function queued(subscriptionId: string, occasions: readonly string[], body: unknown = { zh: '等待' }) {
  const rows = occasions.map((occasion) => ({ id: webcrypto.randomUUID(), subscriptionId, occasion, body }));
  await insertDeliveries(database.source.manager, REGISTRY, rows, NOW);
  return rows.map(({ id }) => id);
}

const deliver = (now: Date) => deliverDue(database.source, SENDERS, now);

describe('a webhook', () => {
  it('gets each message once, signed so that a receiver can tell it by its secret alone', async () => {
    const { id, secret, deliveries } = await subscribed();
    const [message] = await queued(id, ['2024-03-11']);
    expect(await deliver(NOW)).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(await deliver(after(86_400))).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(receiver.ids).toEqual([message]);
    const { headers, body, path } = receiver.received[0]!;
    expect({ path, type: headers['content-type'] }).toEqual({ path: '/hook', type: 'application/json; charset=utf-8' });
    expect(JSON.parse(body)).toEqual({ zh: '等待' });

    const said = String(headers['x-marrow-timestamp']);
    expect(Math.abs(Number(said) - NOW.getTime() / 1000)).toBeLessThan(30);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await webcrypto.subtle.importKey('raw', Buffer.from(secret), hmac, false, ['verify']);
    const signature = Buffer.from(String(headers['x-marrow-signature']).replace(/^sha256=/, ''), 'hex');
    const holds = (text: string) => webcrypto.subtle.verify('HMAC', key, signature, Buffer.from(text));
    expect(await holds(`${said}.${body}`)).toBe(true);
    expect(await holds(`${said}.${body} `)).toBe(false);
    expect(await holds(`${Number(said) + 1}.${body}`)).toBe(false);

    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1, lastProblem: null, id: message }]);
  });

  it('that fails is tried again later and later, is given up, and gets it after all when it is sent again', async () => {
    const { id, principal, deliveries } = await subscribed();
    const [message] = await queued(id, ['2024-03-11']);
    receiver.answer = () => ({ status: 500 });
    let at = NOW;
    for (const [index, seconds] of BACK_OFF.entries()) {
      expect(await deliver(at)).toEqual({ delivered: 0, failed: 1, dead: 0 });
      expect(await deliveries()).toMatchObject([
        { state: 'waiting', attempts: index + 1, lastProblem: { zh: '对方回答 500。' } },
      ]);
      expect(await deliver(after(seconds - 1, at))).toEqual({ delivered: 0, failed: 0, dead: 0 });
      at = after(seconds * 1.1 + 5, at);
    }
    await expect(resendDelivery(database.source.manager, principal, id, message!, at)).rejects.toMatchObject({
      code: 'delivery_not_dead',
    });
    expect(await deliver(at)).toEqual({ delivered: 0, failed: 0, dead: 1 });
    expect(await deliveries()).toMatchObject([{ state: 'dead', attempts: 7, nextAttemptAt: null }]);
    expect(await deliver(after(1_000_000, at))).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(BACK_OFF).toEqual([60, 300, 1800, 7200, 21_600, 86_400]);

    receiver.answer = () => ({ status: 204 });
    await resendDelivery(database.source.manager, principal, id, message!, at);
    expect(await deliver(at)).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(new Set(receiver.ids)).toEqual(new Set([message]));
    expect(receiver.received).toHaveLength(8);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1, lastProblem: null }]);
  });

  it('gets a message again, under its id, when the worker dies between sending and noting it', async () => {
    const { id, deliveries } = await subscribed();
    const [message] = await queued(id, ['2024-03-11']);
    const dying = await applicationDataSource(database.url, 2).initialize();
    receiver.answer = async () => {
      if (dying.isInitialized) await dying.destroy();
      return { status: 200 };
    };
    await expect(deliverDue(dying, SENDERS, NOW)).rejects.toThrow();
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    expect(await deliver(after(30))).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(await deliver(after(70))).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(receiver.ids).toEqual([message, message]);
  });

  it('gets each of many once from two workers at once, and no transaction is open meanwhile', async () => {
    const { id } = await subscribed();
    const messages = await queued(
      id,
      Array.from({ length: 40 }, (_, day) => `day ${day}`),
    );
    const open: number[] = [];
    receiver.answer = async () => {
      const [{ count }] = await database.source.query(
        `select count(*)::integer as count from pg_stat_activity
          where datname = current_database() and state like 'idle in transaction%'`,
      );
      open.push(count);
      return { status: 200 };
    };
    const other = await applicationDataSource(database.url, 4).initialize();
    const [first, second] = await Promise.all([deliver(NOW), deliverDue(other, SENDERS, NOW)]);
    await other.destroy();
    expect(first.delivered + second.delivered).toBe(40);
    expect([...receiver.ids].sort()).toEqual([...messages].sort());
    expect(new Set(open)).toEqual(new Set([0]));
  });

  it('that redirects is not followed', async () => {
    const { id, deliveries } = await subscribed(receiver.url('/moved'));
    await queued(id, ['2024-03-11']);
    receiver.answer = () => ({ status: 307, headers: { location: receiver.url('/elsewhere') } });
    expect(await deliver(NOW)).toMatchObject({ failed: 1 });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/moved']);
    expect((await deliveries())[0]?.lastProblem?.en).toBe(
      'The receiver redirects (307), which is not followed. Give the final address.',
    );
  });

  it('that does not answer, or is not there, holds nobody up and keeps none of its words', async () => {
    const { id, deliveries } = await subscribed();
    const gone = await subscribed('http://127.0.0.1:9/');
    await queued(id, ['2024-03-11']);
    await queued(gone.id, ['2024-03-11']);
    let end = () => {};
    const held = new Promise<void>((resolve) => (end = resolve));
    receiver.answer = async () => held.then(() => ({ status: 200 }));
    const impatient = { ...SENDERS, webhook: webhookSender(200) };
    expect(await deliverDue(database.source, impatient, NOW)).toEqual({ delivered: 0, failed: 2, dead: 0 });
    end();
    expect((await deliveries())[0]?.lastProblem?.zh).toBe('对方在 0.2 秒内没有回答。');
    expect((await gone.deliveries())[0]?.lastProblem?.zh).toMatch(/^连接不上对方（.+）。$/);
  });

  it.each([
    ['no address', 'not an address'],
    ['of another protocol', 'ftp://example.org/'],
    ['a file', 'file:///etc/passwd'],
    ['with a password', 'https://user:secret@example.org/'],
    ['with a fragment', 'https://example.org/#part'],
    ['too long', `https://example.org/${'a'.repeat(1_000)}`],
    ['empty', ''],
    ['a number', 7],
  ])('has an address that can be posted to; one that is %s is refused with the field’s name', async (_, address) => {
    const { principal } = await asking('administrator');
    const input = { topic: 'worklists', via: 'webhook', address };
    await expect(makeSubscription(database.source.manager, principal, SENDERS, input)).rejects.toMatchObject({
      code: 'field_not_readable',
      details: { field: 'address' },
    });
  });
});

describe('a subscription', () => {
  it.each<[string, (account: TestAccount) => string]>([
    ['is disabled', ({ id }) => `update account set disabled_at = now() where id = '${id}'`],
    ['has another role', ({ id }) => `update account set role = 'clerk' where id = '${id}'`],
    ['belongs to another org now', ({ id }) => `update account set org = 'B' where id = '${id}'`],
  ])('whose maker %s sends nothing, not even what was queued before', async (_, change) => {
    const { id, account, principal, deliveries } = await subscribed();
    const [message] = await queued(id, ['2024-03-11']);
    await asOwner(change(account));
    expect(await deliver(NOW)).toEqual({ delivered: 0, failed: 0, dead: 1 });
    expect(receiver.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'dead' }]);
    const { manager } = database.source;
    const refused = { code: 'subscription_not_live' };
    await expect(resendDelivery(manager, principal, id, message!, NOW)).rejects.toMatchObject(refused);
    await expect(queueTest(manager, principal, id, NOW)).rejects.toMatchObject(refused);
  });

  it('that is ended forgets its secret and gives up what it had still to send', async () => {
    const { id, principal, deliveries } = await subscribed();
    await queued(id, ['2024-03-11']);
    await endSubscription(database.source.manager, principal, id);
    await endSubscription(database.source.manager, principal, id);
    expect(await deliver(NOW)).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(await deliveries()).toMatchObject([{ state: 'dead', lastProblem: { zh: '没有发送：订阅已结束。' } }]);
    const [{ secret }] = await database.source.query('select secret from subscription where id = $1', [id]);
    expect(secret).toBeNull();
  });

  it('is made once for the same address, and a new one can follow when it has ended', async () => {
    const { id, principal } = await subscribed();
    const input = { topic: 'worklists', via: 'webhook', address: receiver.url('/hook') };
    const again = () => makeSubscription(database.source.manager, principal, SENDERS, input);
    await expect(again()).rejects.toMatchObject({ code: 'subscription_exists', details: { field: 'address' } });
    await endSubscription(database.source.manager, principal, id);
    expect((await again()).id).not.toBe(id);
  });

  it('is seen by its maker, and by the administrators above its org', async () => {
    const { id, principal } = await subscribed();
    const seen = async (by: typeof principal) =>
      (await listSubscriptions(database.source.manager, by)).some((one) => one.id === id);
    expect(await seen(principal)).toBe(true);
    expect(await seen((await asking('administrator')).principal)).toBe(true);
    expect(await seen((await asking('administrator', 'A')).principal)).toBe(false);
    const clerk = (await asking('clerk')).principal;
    expect(await seen(clerk)).toBe(false);
    await expect(endSubscription(database.source.manager, clerk, id)).rejects.toMatchObject({
      code: 'subscription_unknown',
    });
  });

  it('is tested once a minute, whatever is asked', async () => {
    const { id, principal } = await subscribed();
    const test = (at: Date) => queueTest(database.source.manager, principal, id, at);
    const first = await test(NOW);
    expect(await test(after(20))).toBe(first);
    expect(await test(after(60))).not.toBe(first);
    expect(await deliverDue(database.source, SENDERS, NOW, first)).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(receiver.ids).toEqual([first]);
  });

  it('leaves an act for each thing that was done to it', async () => {
    const { id, principal } = await subscribed(receiver.url('/hook?key=hidden'));
    const { manager } = database.source;
    const [message] = await queued(id, ['2024-03-11']);
    await asOwner(`update delivery set state = 'dead' where id = '${message}'`);
    await resendDelivery(manager, principal, id, message!, NOW);
    await queueTest(manager, principal, id, NOW);
    await endSubscription(manager, principal, id);
    const acts = await database.source.query(
      `select act, thing, detail from audit_act where actor = $1 and result = 'done' order by seq`,
      [principal.name],
    );
    expect(acts.map(({ act }: { act: string }) => act)).toEqual([
      'subscription.make',
      'delivery.resend',
      'subscription.test',
      'subscription.end',
    ]);
    expect(acts[0]).toMatchObject({ thing: id, detail: { via: 'webhook', org: 'P' } });
    expect(JSON.stringify(acts)).not.toContain('hidden');
  });
});
