import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Registry } from './registry.entity';

/** The last act of a registry's chain; locked by each transaction that records one, until commit (R22). */
@Entity('audit_head')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'audit_head_registry_fkey' })
export class AuditHead {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'audit_head_pkey' }) registryId: number;
  @Column('bigint', { default: 0 }) seq: string;
  @Column('timestamptz', { default: () => `'-infinity'` }) at: Date;
  @Column('bytea', { default: () => `'\\x'` }) hash: Buffer;
}

/** Who did what to which thing, from where, when, with what result. Never changed; gone only with a checkpoint. */
@Entity('audit_act')
@Index('audit_act_at', ['registryId', 'at'])
@Index('audit_act_actor', ['registryId', 'actor', 'seq'])
@Index('audit_act_thing', ['registryId', 'thing', 'seq'], { where: 'thing is not null' })
@Check('audit_act_result_check', `result in ('done', 'refused', 'failed')`)
export class AuditAct {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'audit_act_pkey' }) registryId: number;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_act_pkey' }) seq: string;
  @Column('timestamptz') at: Date;
  @Column('text') actor: string;
  @Column('text') act: string;
  @Column('text', { nullable: true }) thing: string | null;
  @Column('text', { nullable: true }) org: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text') result: 'done' | 'refused' | 'failed';
  @Column('jsonb', { nullable: true }) detail: Record<string, unknown> | null;
  /** SHA-256 over the hash before it and this act's text. */
  @Column('bytea') hash: Buffer;
}

/** The last act of a part that was pruned: what stays of the chain begins with its hash. */
@Entity('audit_checkpoint')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'audit_checkpoint_registry_fkey' })
export class AuditCheckpoint {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'audit_checkpoint_pkey' })
  registryId: number;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_checkpoint_pkey' }) seq: string;
  @Column('timestamptz') at: Date;
  @Column('bytea') hash: Buffer;
  @Column('timestamptz', { name: 'pruned_at' }) prunedAt: Date;
}
