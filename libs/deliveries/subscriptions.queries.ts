import type { EntityManager } from 'typeorm';
import { rolesWith, type RoleCode } from '../accounts/roles';
import { NEEDED_FOR, type Topic, type Via } from './subscription-input';

/** A subscription as its maker and administrators see it. */
export interface SubscriptionRow {
  readonly id: string;
  readonly topic: Topic;
  readonly org: string;
  readonly via: Via;
  readonly address: string;
  /** The name of the account. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** False when it has ended, or its maker may no longer be told: nothing is sent. */
  readonly live: boolean;
  /** How many messages were given up and not sent again since. */
  readonly dead: number;
  readonly lastDeliveredAt: Date | null;
}

/** Whose subscriptions: an account's own, and of the orgs, when there are any, everybody's. */
export interface SubscriptionReach {
  readonly registryId: number;
  readonly accountId: string | null;
  readonly orgs: readonly string[];
}

/** The first two parameters of a statement that asks whether subscriptions `s` are live. */
export const LIVE_ROLES: readonly (readonly RoleCode[])[] = [rolesWith(NEEDED_FOR.mail), rolesWith(NEEDED_FOR.webhook)];

/** Not ended, and its maker is there, has the role for it, and reaches its org. */
export const LIVE = `(s.ended_at is null and exists (
  select from account m
  where m.registry_id = s.registry_id and m.id = s.created_by and m.disabled_at is null
    and m.role = any (case s.via when 'mail' then $1::text[] else $2::text[] end)
    and exists (
      with recursive above (org) as (
        select s.org
        union
        select o.parent from above b join org o on o.registry_id = s.registry_id and o.org = b.org
          where o.parent is not null
      )
      select from above where org = m.org)))`;

const SHOWN = `select s.id, s.topic, s.org, s.via, s.address, a.name as "createdBy", s.created_at as "createdAt",
    s.ended_at as "endedAt", ${LIVE} as live, (
      select count(*)::integer from delivery d
      where d.registry_id = s.registry_id and d.subscription_id = s.id and d.state = 'dead'
    ) as dead, (
      select max(d.delivered_at) from delivery d where d.registry_id = s.registry_id and d.subscription_id = s.id
    ) as "lastDeliveredAt"
  from subscription s join account a on a.registry_id = s.registry_id and a.id = s.created_by
  where s.registry_id = $3 and (s.created_by = $4 or s.org = any ($5))`;

export async function findSubscriptions(
  manager: EntityManager,
  { registryId, accountId, orgs }: SubscriptionReach,
): Promise<SubscriptionRow[]> {
  const parameters = [...LIVE_ROLES, registryId, accountId, orgs];
  return manager.query(`${SHOWN} order by s.ended_at is not null, s.created_at, s.id`, parameters);
}

/** Also keeps it from being ended meanwhile, and nobody from queueing something for it. */
export async function lockSubscription(
  manager: EntityManager,
  { registryId, accountId, orgs }: SubscriptionReach,
  id: string,
): Promise<SubscriptionRow | undefined> {
  const parameters = [...LIVE_ROLES, registryId, accountId, orgs, id];
  const [subscription] = await manager.query(`${SHOWN} and s.id = $6 for no key update of s`, parameters);
  return subscription;
}

export async function countUnended(manager: EntityManager, registryId: number, accountId: string): Promise<number> {
  const [{ count }] = await manager.query(
    `select count(*)::integer as count from subscription
      where registry_id = $1 and created_by = $2 and ended_at is null`,
    [registryId, accountId],
  );
  return count;
}

/** @returns false when the account has this one already */
export async function insertSubscription(
  manager: EntityManager,
  subscription: {
    readonly registryId: number;
    readonly id: string;
    readonly topic: Topic;
    readonly org: string;
    readonly via: Via;
    readonly address: string;
    readonly secret: string | null;
    readonly accountId: string;
  },
): Promise<boolean> {
  const { registryId, id, topic, org, via, address, secret, accountId } = subscription;
  const rows = await manager.query(
    `insert into subscription (registry_id, id, topic, org, via, address, secret, created_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (registry_id, created_by, topic, org, via, address) where ended_at is null do nothing
      returning id`,
    [registryId, id, topic, org, via, address, secret, accountId],
  );
  return rows.length > 0;
}

export async function setEnded(manager: EntityManager, registryId: number, id: string): Promise<void> {
  await manager.query(
    `update subscription set ended_at = now(), secret = null
      where registry_id = $1 and id = $2 and ended_at is null`,
    [registryId, id],
  );
}

/** A subscription to which something is to be told. */
export interface LiveSubscription {
  readonly id: string;
  readonly via: Via;
  readonly org: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export async function findLiveSubscriptions(
  manager: EntityManager,
  registryId: number,
  topic: Topic,
): Promise<LiveSubscription[]> {
  return manager.query(
    `select s.id, s.via, s.org, g.name_zh as "nameZh", g.name_en as "nameEn"
      from subscription s join org g on g.registry_id = s.registry_id and g.org = s.org
      where s.registry_id = $3 and s.topic = $4 and ${LIVE}
      order by s.org, s.id`,
    [...LIVE_ROLES, registryId, topic],
  );
}
