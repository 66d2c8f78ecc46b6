import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { findRootOrg } from '../accounts/accounts.queries';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import { accountIdOf, orgWithin, type Principal } from '../accounts/principal';
import { PERMISSIONS } from '../accounts/roles';
import { DomainError } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import { giveUpWaiting } from './deliveries.queries';
import { NO_MAIL_SERVER, type Senders } from './senders';
import { hostOf, NEEDED_FOR, readAddress, readTopic, readVia, type Via } from './subscription-input';
import {
  countUnended,
  findSubscriptions,
  insertSubscription,
  lockSubscription,
  setEnded,
  type SubscriptionReach,
  type SubscriptionRow,
} from './subscriptions.queries';

const MOST = 20;
const SECRET_BYTES = 32;

/** The caller's own, and to who keeps the settings those of every org that they reach; those that have ended last. */
export function listSubscriptions(manager: EntityManager, principal: Principal): Promise<SubscriptionRow[]> {
  return findSubscriptions(manager, reachOf(principal));
}

/**
 * The one of that id, kept from being ended until the caller's transaction ends.
 *
 * @throws {DomainError} when the caller has none of that id
 */
export async function theSubscription(
  manager: EntityManager,
  principal: Principal,
  id: string,
): Promise<SubscriptionRow> {
  const subscription = isUuid(id) ? await lockSubscription(manager, reachOf(principal), id) : undefined;
  if (subscription) return subscription;
  throw new DomainError('subscription_unknown', { zh: '没有这个通知订阅。', en: 'There is no such subscription.' });
}

/**
 * Asks to be told of a topic in an org's subtree, the caller's own unless said.
 *
 * @returns its id and, of a webhook, the secret that its requests are signed with, which is never shown again
 * @throws {DomainError} when a field cannot be used, or the caller may not be told so
 */
export async function makeSubscription(
  manager: EntityManager,
  principal: Principal,
  senders: Senders,
  input: { readonly topic?: unknown; readonly org?: unknown; readonly via?: unknown; readonly address?: unknown },
): Promise<{ id: string; secret: string | null }> {
  const { registryId } = principal;
  const accountId = accountIdOf(principal);
  const topic = readTopic(input.topic);
  const via = readVia(input.via);
  requirePermission(principal, via);
  if (via === 'webhook') await requireWholeRegistry(manager, principal);
  if (!senders[via]) throw new DomainError('mail_not_set_up', NO_MAIL_SERVER, { field: 'via' });
  const org = orgWithin(principal, readOrg(input.org));
  const address = readAddress(via, input.address);
  if ((await countUnended(manager, registryId, accountId)) >= MOST) {
    throw new DomainError('subscriptions_too_many', {
      zh: `每个账号最多 ${MOST} 个通知订阅，请先结束不用的。`,
      en: `An account has at most ${MOST} subscriptions; end one that is not needed first.`,
    });
  }
  const id = randomUUID();
  const secret = via === 'webhook' ? randomBytes(SECRET_BYTES).toString('base64url') : null;
  if (!(await insertSubscription(manager, { registryId, id, topic, org, via, address, secret, accountId }))) {
    throw new DomainError(
      'subscription_exists',
      { zh: '您已订阅过同样的通知，发往同一地址。', en: 'You have this subscription already, to the same address.' },
      { field: 'address' },
    );
  }
  const detail = { topic, org, via, to: hostOf(via, address) };
  await recordAct(manager, actOf(principal, 'subscription.make', id, detail));
  return { id, secret };
}

/** At once and for ever, with what was still to be sent; safe to call twice. @throws {DomainError} */
export async function endSubscription(manager: EntityManager, principal: Principal, id: string): Promise<void> {
  const { registryId } = principal;
  const subscription = await theSubscription(manager, principal, id);
  if (subscription.endedAt !== null) return;
  await setEnded(manager, registryId, subscription.id);
  await giveUpWaiting(manager, registryId, subscription.id, {
    zh: '没有发送：订阅已结束。',
    en: 'Not sent: the subscription has ended.',
  });
  await recordAct(manager, actOf(principal, 'subscription.end', subscription.id));
}

function reachOf({ registryId, accountId, permissions, orgs }: Principal): SubscriptionReach {
  return { registryId, accountId, orgs: permissions.has('settings.manage') ? [...orgs] : [] };
}

function requirePermission({ permissions }: Principal, via: Via): void {
  const needed = NEEDED_FOR[via];
  if (permissions.has(needed)) return;
  const { zh, en } = PERMISSIONS[needed];
  throw new DomainError(
    'permission_missing',
    {
      zh: `这种通知需要“${zh}”权限，您的角色没有。需要时请找管理员。`,
      en: `This kind of notice needs leave to ${en}, which your role has not. Ask an administrator.`,
    },
    { field: 'via' },
  );
}

/** A webhook has the server ask an address: an org below does not choose what its office's network is asked. */
async function requireWholeRegistry(manager: EntityManager, { registryId, org }: Principal): Promise<void> {
  if (org === (await findRootOrg(manager, registryId))) return;
  throw new DomainError(
    'permission_missing',
    {
      zh: '只有管理整个资料库的管理员可以设置 Webhook。请联系上级机构的管理员。',
      en: 'Only an administrator of the whole registry sets up webhooks. Ask one of the org above.',
    },
    { field: 'via' },
  );
}

function readOrg(given: unknown): string | undefined {
  if (given === undefined || typeof given === 'string') return given;
  throw new DomainError(
    'field_not_readable',
    { zh: '“org”应是机构代码。', en: '"org" is the code of an org.' },
    { field: 'org' },
  );
}
