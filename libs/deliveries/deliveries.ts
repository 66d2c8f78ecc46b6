import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import { findDeliveries, findDelivery, insertDeliveries, reviveDelivery, type DeliveryRow } from './deliveries.queries';
import type { MailBody } from './mail';
import type { SubscriptionRow } from './subscriptions.queries';
import { theSubscription } from './subscriptions';

const LATEST = 100;

/** The latest of a subscription. @throws {DomainError} when the caller has no such subscription */
export async function listDeliveries(
  manager: EntityManager,
  principal: Principal,
  subscriptionId: string,
): Promise<DeliveryRow[]> {
  const { id } = await theSubscription(manager, principal, subscriptionId);
  return findDeliveries(manager, principal.registryId, id, LATEST);
}

/** @throws {DomainError} when the caller has no such subscription, or it has no such delivery */
export async function theDelivery(
  manager: EntityManager,
  principal: Principal,
  subscriptionId: string,
  id: string,
): Promise<DeliveryRow> {
  const subscription = await theSubscription(manager, principal, subscriptionId);
  const delivery = isUuid(id) ? await findDelivery(manager, principal.registryId, subscription.id, { id }) : undefined;
  if (delivery) return delivery;
  throw new DomainError('delivery_unknown', { zh: '没有这次发送。', en: 'There is no such delivery.' });
}

/** Has one that was given up sent again, under its id and with all attempts before it. @throws {DomainError} */
export async function resendDelivery(
  manager: EntityManager,
  principal: Principal,
  subscriptionId: string,
  id: string,
  now: Date,
): Promise<void> {
  requireLive(await theSubscription(manager, principal, subscriptionId));
  const delivery = await theDelivery(manager, principal, subscriptionId, id);
  if (!(await reviveDelivery(manager, principal.registryId, delivery.id, now))) {
    throw new DomainError('delivery_not_dead', {
      zh: '只有放弃发送的才能重发；这一条已送达或仍在自动重试。',
      en: 'Only what was given up can be sent again; this one has arrived or is still being tried.',
    });
  }
  await recordAct(manager, actOf(principal, 'delivery.resend', delivery.id, { subscription: subscriptionId }));
}

/**
 * Queues a message that says nothing but that it arrives, at most one a minute.
 *
 * @returns its id, to be sent once this is committed
 * @throws {DomainError} when the caller has no such subscription, or nothing is sent to it
 */
export async function queueTest(
  manager: EntityManager,
  principal: Principal,
  subscriptionId: string,
  now: Date,
): Promise<string> {
  const { registryId } = principal;
  const subscription = await theSubscription(manager, principal, subscriptionId);
  requireLive(subscription);
  const occasion = `test ${now.toISOString().slice(0, 16)}Z`;
  const made = { id: randomUUID(), subscriptionId: subscription.id, occasion, body: testBody(subscription, now) };
  const [queued] = await insertDeliveries(manager, registryId, [made], now);
  if (queued === undefined) {
    const before = await findDelivery(manager, registryId, subscription.id, { occasion });
    if (!before) throw new Error(`the test of ${occasion} is neither new nor there`);
    return before.id;
  }
  await recordAct(manager, actOf(principal, 'subscription.test', subscription.id, { delivery: queued }));
  return queued;
}

function requireLive({ live }: SubscriptionRow): void {
  if (live) return;
  throw new DomainError('subscription_not_live', {
    zh: '这个订阅已结束，或者订阅人已停用、不再有权查看该机构，因此不会发送。',
    en: 'This subscription has ended, or its maker is disabled or may no longer read that org: nothing is sent.',
  });
}

function testBody({ via, org, topic }: SubscriptionRow, now: Date): unknown {
  if (via === 'webhook') return { topic: 'test', for: topic, org, at: now.toISOString() };
  return {
    subject: `髓缘台账 Marrow Ledger：测试通知 Test notice（${org}）`,
    text: [
      '这是髓缘台账发出的测试通知。收到它，说明待办通知可以送到这个邮箱。',
      '',
      'This is a test notice of Marrow Ledger. It shows that notices reach this mailbox.',
      '',
    ].join('\n'),
  } satisfies MailBody;
}
