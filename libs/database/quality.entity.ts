import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity';
import { Org } from './org.entity';
import { Registry } from './registry.entity';

/** Something that a rule of data quality found wrong. Found again, it is the same: its id is made of what it is about. */
@Entity('quality_finding')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'quality_finding_org_fkey' })
@ForeignKey(() => Account, ['registryId', 'owner'], ['registryId', 'id'], { name: 'quality_finding_owner_fkey' })
@Index('quality_finding_listed', ['registryId', 'period', 'id'])
@Check('quality_finding_state_check', `state in ('open', 'acknowledged', 'resolved', 'gone')`)
@Check('quality_finding_reason_check', `state <> 'acknowledged' or reason is not null`)
export class QualityFinding {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'quality_finding_pkey' })
  registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quality_finding_pkey' }) id: string;
  @Column('text') rule: string;
  @Column('text') org: string;
  /** A month; empty for what is wrong since the ledger's start. */
  @Column('text') period: string;
  /** What in that org and period: a kind, a case, an entry's id; empty where nothing more is to be said. */
  @Column('text') subject: string;
  @Column('text') measured: string;
  @Column('text', { nullable: true }) expected: string | null;
  @Column('jsonb', { nullable: true }) detail: unknown;
  @Column('text') state: 'open' | 'acknowledged' | 'resolved' | 'gone';
  /** The account that looks into it. */
  @Column('uuid', { nullable: true }) owner: string | null;
  /** Why it is right so, or how it was resolved. */
  @Column('text', { nullable: true }) reason: string | null;
  /** How many events it has. */
  @Column('integer') changes: number;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
}

/** One change of a finding's state or owner, by a run or a person. */
@Entity('quality_event')
@ForeignKey(() => QualityFinding, ['registryId', 'id'], ['registryId', 'id'], { name: 'quality_event_finding_fkey' })
export class QualityEvent {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'quality_event_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quality_event_pkey' }) id: string;
  /** From 1 on, of each finding. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'quality_event_pkey' }) number: number;
  @Column('timestamptz') at: Date;
  @Column('text') actor: string;
  @Column('text') state: 'open' | 'acknowledged' | 'resolved' | 'gone';
  @Column('text') measured: string;
  /** The name of its owner's account then. */
  @Column('text', { nullable: true }) owner: string | null;
  @Column('text', { nullable: true }) reason: string | null;
}

/** When all rules last looked at a registry, and how much they found; its row is the lock of a run. */
@Entity('quality_run')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'quality_run_registry_fkey' })
export class QualityRun {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'quality_run_pkey' }) registryId: number;
  @Column('timestamptz', { name: 'ran_at', nullable: true }) ranAt: Date | null;
  @Column('integer', { default: 0 }) found: number;
}
