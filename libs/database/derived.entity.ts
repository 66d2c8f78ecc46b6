import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Org } from './org.entity';
import { Registry } from './registry.entity';

/** What one org's own entries of a kind come to in a posted month: the additive ground of all values. Derived. */
@Entity('monthly_tally')
export class MonthlyTally {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'monthly_tally_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'monthly_tally_pkey' }) org: string;
  @PrimaryColumn('date', { name: 'posted_month', primaryKeyConstraintName: 'monthly_tally_pkey' }) postedMonth: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'monthly_tally_pkey' }) kind: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'monthly_tally_pkey' }) outcome: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'monthly_tally_pkey' }) reason: string;
  @PrimaryColumn('date', { name: 'original_month', primaryKeyConstraintName: 'monthly_tally_pkey' })
  originalMonth: string;
  @Column('bigint') originals: string;
  @Column('bigint') reversals: string;
  @Column('numeric') quantity: string;
}

/** A metric of an org (its subtree, or its own entries alone) in a period. A missing value has no row. Derived. */
@Entity('metric_value')
@Check('metric_value_state_check', `state in ('value', 'zero')`)
export class MetricValue {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'metric_value_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'metric_value_pkey' }) org: string;
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'metric_value_pkey' }) own: boolean;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'metric_value_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'metric_value_pkey' }) key: string;
  @Column('text') state: 'value' | 'zero';
  @Column('numeric') value: string;
  @Column('integer') version: number;
  @Column('bigint') position: string;
  @Column('timestamptz', { name: 'computed_at' }) computedAt: Date;
}

/** A ratio of two metrics for the same org and period, rounded once. A missing value has no row. Derived. */
@Entity('indicator_value')
@Check('indicator_value_state_check', `state in ('value', 'zero', 'not_applicable')`)
export class IndicatorValue {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'indicator_value_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'indicator_value_pkey' }) org: string;
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'indicator_value_pkey' }) own: boolean;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'indicator_value_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'indicator_value_pkey' }) key: string;
  @Column('text') state: 'value' | 'zero' | 'not_applicable';
  @Column('numeric', { nullable: true }) value: string | null;
  @Column('numeric', { nullable: true }) numerator: string | null;
  @Column('numeric') denominator: string;
  @Column('integer') version: number;
  @Column('bigint') position: string;
  @Column('timestamptz', { name: 'computed_at' }) computedAt: Date;
}

/** Up to which position a registry's values are computed; its row is the registry's recompute lock (R20). */
@Entity('recompute_head')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'recompute_head_registry_fkey' })
export class RecomputeHead {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'recompute_head_pkey' })
  registryId: number;
  @Column('bigint', { default: 0 }) position: string;
  @Column('timestamptz', { name: 'computed_at', nullable: true }) computedAt: Date | null;
  @Column('text', { nullable: true }) definitions: string | null;
  /** The last choice of a setting that the values were computed by. */
  @Column('integer', { default: 0 }) settings: number;
}

/** What an org is to reach in a period, by metric or indicator: a row for each time that it was set, or withdrawn. */
@Entity('target')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'target_org_fkey' })
@Check('target_operator_check', `operator in ('ge', 'le', 'eq')`)
@Check('target_withdrawn_check', `(operator is null) = (value is null)`)
export class Target {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'target_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'target_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'target_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'target_pkey' }) key: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'target_pkey' }) version: number;
  /** Null, as the value: withdrawn. */
  @Column('text', { nullable: true }) operator: 'ge' | 'le' | 'eq' | null;
  @Column('numeric', { nullable: true }) value: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}

/** One recount of all values by SQL that shares nothing with the way they were computed. */
@Entity('verification')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'verification_registry_fkey' })
export class Verification {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'verification_pkey' }) registryId: number;
  @PrimaryColumn('timestamptz', { name: 'started_at', primaryKeyConstraintName: 'verification_pkey' }) startedAt: Date;
  @Column('timestamptz', { name: 'finished_at' }) finishedAt: Date;
  @Column('bigint') checked: string;
  @Column('bigint') drift: string;
  @Column('jsonb') findings: unknown;
  /** What a recount of the audit chain found at the same time; null where there was none. */
  @Column('jsonb', { nullable: true }) audit: unknown;
  /** What a recount of the seals found at the same time; null where there was none. */
  @Column('jsonb', { nullable: true }) seals: unknown;
}
