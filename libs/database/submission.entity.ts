import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LedgerWrite } from './ledger.entity';
import { Org } from './org.entity';

/**
 * A month that an org has submitted, with all below it, up to a position: by whom and when stands with the write. Nobody
 * is kept from logging more; then it is not submitted again (R3).
 */
@Entity('submission')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'submission_org_fkey' })
@ForeignKey(() => LedgerWrite, ['registryId', 'position'], ['registryId', 'position'], {
  name: 'submission_write_fkey',
})
@Index('submission_month', ['registryId', 'month'])
export class Submission {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'submission_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'submission_pkey' }) org: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'submission_pkey' }) month: string;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'submission_pkey' }) position: string;
  /** How many entries were posted to the month up to the position, reversals included. */
  @Column('bigint') entries: string;
  /** How many of them this submission wrote itself (零报告). */
  @Column('integer', { name: 'nil_returns' }) nilReturns: number;
  @Column('text', { nullable: true }) note: string | null;
}
