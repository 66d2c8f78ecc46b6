import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity';
import { Org } from './org.entity';

/** Who wants to be told of what, and where. */
@Entity('subscription')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'subscription_org_fkey' })
@ForeignKey(() => Account, ['registryId', 'createdBy'], ['registryId', 'id'], { name: 'subscription_created_by_fkey' })
@Index('subscription_live', ['registryId', 'createdBy', 'topic', 'org', 'via', 'address'], {
  unique: true,
  where: 'ended_at is null',
})
@Check('subscription_topic_check', `topic in ('worklists', 'assessments', 'months')`)
@Check('subscription_via_check', `via in ('mail', 'webhook')`)
@Check('subscription_secret_check', `(secret is not null) = (via = 'webhook' and ended_at is null)`)
export class Subscription {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'subscription_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subscription_pkey' }) id: string;
  @Column('text') topic: string;
  /** The root of the subtree that it tells of. */
  @Column('text') org: string;
  @Column('text') via: string;
  /** Of a mailbox, or of what takes requests. */
  @Column('text') address: string;
  /** What a webhook's requests are signed with, until it is ended. */
  @Column('text', { nullable: true }) secret: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
}

/** One message of a subscription, until it has arrived or is given up. */
@Entity('delivery')
@ForeignKey(() => Subscription, ['registryId', 'subscriptionId'], ['registryId', 'id'], {
  name: 'delivery_subscription_fkey',
})
@Unique('delivery_occasion_key', ['registryId', 'subscriptionId', 'occasion'])
@Index('delivery_waiting', ['nextAttemptAt'], { where: `state = 'waiting'` })
@Check('delivery_state_check', `state in ('waiting', 'delivered', 'dead')`)
@Check('delivery_delivered_check', `(delivered_at is not null) = (state = 'delivered')`)
export class Delivery {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'delivery_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_pkey' }) id: string;
  @Column('uuid', { name: 'subscription_id' }) subscriptionId: string;
  /** What it is sent for; a subscription has one for each. */
  @Column('text') occasion: string;
  @Column('jsonb') body: unknown;
  @Column('text') state: string;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** Until then it is either left alone or being sent. */
  @Column('timestamptz', { name: 'next_attempt_at' }) nextAttemptAt: Date;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt: Date | null;
  /** Why the last attempt failed: a sentence in Chinese and English. */
  @Column('jsonb', { name: 'last_problem', nullable: true }) lastProblem: unknown;
}
