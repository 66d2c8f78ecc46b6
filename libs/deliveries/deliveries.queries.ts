import type { EntityManager } from 'typeorm';
import type { Sentence } from '../core/domain-error';
import type { MailBody } from './mail';
import { LIVE, LIVE_ROLES } from './subscriptions.queries';
import type { Topic, Via } from './subscription-input';

export interface NewDelivery {
  readonly id: string;
  readonly subscriptionId: string;
  readonly occasion: string;
  readonly body: unknown;
}

/** @returns the ids of those that their subscription did not have for their occasion yet */
export async function insertDeliveries(
  manager: EntityManager,
  registryId: number,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `insert into delivery (registry_id, id, subscription_id, occasion, body, state, created_at, next_attempt_at)
      select $1, d.id, d."subscriptionId", d.occasion, d.body, 'waiting', $3, $3
      from json_to_recordset($2::json) as d (id uuid, "subscriptionId" uuid, occasion text, body jsonb)
      on conflict (registry_id, subscription_id, occasion) do nothing
      returning id`,
    [registryId, JSON.stringify(deliveries), at],
  );
  return rows.map(({ id }) => id);
}

/** What is told to all who want to be told of it. */
export interface Notice {
  readonly topic: Topic;
  /** A subscription hears of each once. */
  readonly occasion: string;
  /** Those hear of it who asked for this org or for one above it; null: everybody. */
  readonly org: string | null;
  readonly webhook: unknown;
  readonly mail: MailBody;
}

/** @returns how many subscriptions are told */
export async function insertNotice(
  manager: EntityManager,
  registryId: number,
  { topic, occasion, org, webhook, mail }: Notice,
  at: Date,
): Promise<number> {
  const bodies = [JSON.stringify(webhook), JSON.stringify(mail)];
  const rows = await manager.query(
    `insert into delivery (registry_id, id, subscription_id, occasion, body, state, created_at, next_attempt_at)
      select $3, gen_random_uuid(), s.id, $5, case s.via when 'webhook' then $7::jsonb else $8::jsonb end,
        'waiting', $9, $9
      from subscription s
      where s.registry_id = $3 and s.topic = $4 and ${LIVE}
        and ($6::text is null or exists (
          select from org_closure c where c.registry_id = $3 and c.org = $6 and c.ancestor = s.org
        ))
      on conflict (registry_id, subscription_id, occasion) do nothing
      returning id`,
    [...LIVE_ROLES, registryId, topic, occasion, org, ...bodies, at],
  );
  return rows.length;
}

export interface DeliveryRow {
  readonly id: string;
  readonly occasion: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly createdAt: Date;
  /** Nothing when there is none to come. */
  readonly nextAttemptAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly lastProblem: Sentence | null;
}

const SHOWN = `select id, occasion, state, attempts, created_at as "createdAt",
    case state when 'waiting' then next_attempt_at end as "nextAttemptAt", delivered_at as "deliveredAt",
    last_problem as "lastProblem"
  from delivery where registry_id = $1 and subscription_id = $2`;

/** The latest first. */
export async function findDeliveries(
  manager: EntityManager,
  registryId: number,
  subscriptionId: string,
  limit: number,
): Promise<DeliveryRow[]> {
  return manager.query(`${SHOWN} order by created_at desc, id limit $3`, [registryId, subscriptionId, limit]);
}

export async function findDelivery(
  manager: EntityManager,
  registryId: number,
  subscriptionId: string,
  by: { readonly id: string } | { readonly occasion: string },
): Promise<DeliveryRow | undefined> {
  const [delivery] =
    'id' in by
      ? await manager.query(`${SHOWN} and id = $3`, [registryId, subscriptionId, by.id])
      : await manager.query(`${SHOWN} and occasion = $3`, [registryId, subscriptionId, by.occasion]);
  return delivery;
}

/** @returns whether there was a dead one of that id */
export async function reviveDelivery(
  manager: EntityManager,
  registryId: number,
  id: string,
  at: Date,
): Promise<boolean> {
  const [, revived] = await manager.query(
    `update delivery set state = 'waiting', attempts = 0, next_attempt_at = $3
      where registry_id = $1 and id = $2 and state = 'dead'`,
    [registryId, id, at],
  );
  return revived > 0;
}

export async function giveUpWaiting(
  manager: EntityManager,
  registryId: number,
  subscriptionId: string,
  problem: Sentence,
): Promise<void> {
  await manager.query(
    `update delivery set state = 'dead', last_problem = $3::jsonb
      where registry_id = $1 and subscription_id = $2 and state = 'waiting'`,
    [registryId, subscriptionId, JSON.stringify(problem)],
  );
}

/** A delivery that this caller alone may send, until its next attempt is due. */
export interface LeasedDelivery {
  readonly registryId: number;
  readonly id: string;
  readonly attempts: number;
  readonly body: unknown;
  readonly via: Via;
  readonly address: string;
  readonly secret: string | null;
  readonly live: boolean;
}

/**
 * Takes the longest due delivery: counts an attempt, and puts off the next one, so that nobody else takes it meanwhile
 * and somebody will when this caller is heard of no more.
 *
 * @param backOff after how many seconds the next attempt is due, by the number of the attempt; the last for all more.
 *   It is put off by up to a tenth besides, so that a receiver that comes back is not asked for everything at once.
 */
export async function leaseDelivery(
  manager: EntityManager,
  { due, at, backOff, only }: { due: Date; at: Date; backOff: readonly number[]; only: string | null },
): Promise<LeasedDelivery | undefined> {
  const [rows] = await manager.query(
    `with due as (
        select registry_id, id from delivery
        where state = 'waiting' and next_attempt_at <= $3 and ($6::uuid is null or id = $6)
        order by next_attempt_at
        limit 1
        for update skip locked
      )
      update delivery d
      set attempts = d.attempts + 1,
        next_attempt_at = $4::timestamptz
          + make_interval(secs => ($5::integer[])[least(d.attempts + 1, cardinality($5::integer[]))])
            * (1 + random() / 10)
      from due join subscription s on s.registry_id = due.registry_id
      where d.registry_id = due.registry_id and d.id = due.id and s.id = d.subscription_id
      returning d.registry_id as "registryId", d.id, d.attempts, d.body, s.via, s.address, s.secret, ${LIVE} as live`,
    [...LIVE_ROLES, due, at, backOff, only],
  );
  return rows[0];
}

export async function noteDelivered(
  manager: EntityManager,
  { registryId, id }: LeasedDelivery,
  at: Date,
): Promise<void> {
  await manager.query(
    `update delivery set state = 'delivered', delivered_at = $3, last_problem = null
      where registry_id = $1 and id = $2 and state <> 'delivered'`,
    [registryId, id, at],
  );
}

/** Says nothing of one that somebody else has tried since. */
export async function noteProblem(
  manager: EntityManager,
  { registryId, id, attempts }: LeasedDelivery,
  problem: Sentence,
  dead: boolean,
): Promise<void> {
  await manager.query(
    `update delivery set last_problem = $4::jsonb, state = case when $5::boolean then 'dead' else state end
      where registry_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
    [registryId, id, attempts, JSON.stringify(problem), dead],
  );
}
