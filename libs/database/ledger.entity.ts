import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Org } from './org.entity';
import { Registry } from './registry.entity';

/** The last position of a registry's ledger and its first open month; locked by each write until commit (R2, R3). */
@Entity('registry_head')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'registry_head_registry_fkey' })
export class RegistryHead {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'registry_head_pkey' }) registryId: number;
  @Column('bigint', { default: 0 }) position: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => `'-infinity'` }) recordedAt: Date;
  @Column('date', { name: 'first_open_month' }) firstOpenMonth: string;
}

/** One write transaction: its position, who wrote, when, and by which way in. */
@Entity('ledger_write')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'ledger_write_registry_fkey' })
export class LedgerWrite {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'ledger_write_pkey' }) registryId: number;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'ledger_write_pkey' }) position: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('text') source: string;
}

/** One fact of the ledger. Never changed, never removed; corrected by a reversal and a new entry. */
@Entity('entry')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'entry_org_fkey' })
@Index('entry_cell', ['registryId', 'org', 'postedMonth', 'kind'])
@Index('entry_donor', ['registryId', 'donorCode', 'kind'], { where: 'donor_code is not null' })
@Index('entry_case', ['registryId', 'caseCode', 'kind'], { where: 'case_code is not null' })
@Index('entry_case_day', ['registryId', 'kind', 'occurredOn'], { where: 'case_code is not null' })
@Index('entry_sample', ['registryId', 'sampleCode', 'kind'], { where: 'sample_code is not null' })
@Index('entry_reversal', ['registryId', 'reverses'], { unique: true, where: 'reverses is not null' })
@Index('entry_position', ['registryId', 'position'])
@Index('entry_opening', ['registryId', 'org', 'kind'], { where: `kind like 'Opening%'` })
@Index('entry_reversed_cell', ['registryId', 'org', 'postedMonth', 'kind'], { where: 'reverses is not null' })
@Index('entry_adjustment', ['registryId', 'postedMonth', 'position'], { where: 'occurred_on < posted_month' })
@Check('entry_day_check', 'isfinite(occurred_on)')
@Check('entry_quantity_check', 'scale(quantity) <= 2 and abs(quantity) < 1000000000')
@Check('entry_original_check', 'reverses is not null or quantity >= 0')
export class Entry {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'entry_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'entry_pkey' }) id: string;
  @Column('bigint') position: string;
  @Column('date', { name: 'posted_month' }) postedMonth: string;
  @Column('date', { name: 'occurred_on' }) occurredOn: string;
  @Column('text') kind: string;
  @Column('text') org: string;
  @Column('text', { name: 'donor_code', nullable: true }) donorCode: string | null;
  @Column('text', { name: 'case_code', nullable: true }) caseCode: string | null;
  @Column('text', { name: 'sample_code', nullable: true }) sampleCode: string | null;
  @Column('text', { nullable: true }) outcome: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('numeric', { default: 1 }) quantity: string;
  @Column('jsonb', { nullable: true }) attributes: Record<string, string> | null;
  @Column('bytea', { name: 'note_hash', nullable: true }) noteHash: Buffer | null;
  @Column('text', { nullable: true }) justification: string | null;
  @Column('uuid', { nullable: true }) reverses: string | null;
  /** The posted month of the entry that this one reverses; its own for an original. */
  @Column('date', { name: 'original_month' }) originalMonth: string;
}

/** The note of an entry, apart from it, because a note may be blanked and an entry may not change (R8). */
@Entity('entry_note')
@ForeignKey(() => Entry, ['registryId', 'id'], ['registryId', 'id'], { name: 'entry_note_entry_fkey' })
export class EntryNote {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'entry_note_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'entry_note_pkey' }) id: string;
  @Column('text', { nullable: true }) note: string | null;
  @Column('bytea') salt: Buffer;
}

/** A month closed or reopened (R3). The closed months are always a prefix. */
@Entity('month_event')
@ForeignKey(() => LedgerWrite, ['registryId', 'position'], ['registryId', 'position'], {
  name: 'month_event_write_fkey',
})
@Check('month_event_action_check', `action in ('close', 'reopen')`)
@Check('month_event_reason_check', `action = 'close' or reason is not null`)
export class MonthEvent {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'month_event_pkey' }) registryId: number;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'month_event_pkey' }) position: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'month_event_pkey' }) month: string;
  @Column('text') action: 'close' | 'reopen';
  @Column('text', { nullable: true }) reason: string | null;
}

/** A cell that a write has touched and no worker has recomputed yet (R20). */
@Entity('recompute_mark')
export class RecomputeMark {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'recompute_mark_pkey' })
  registryId: number;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'recompute_mark_pkey' }) position: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'recompute_mark_pkey' }) org: string;
  @PrimaryColumn('date', { name: 'posted_month', primaryKeyConstraintName: 'recompute_mark_pkey' }) postedMonth: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'recompute_mark_pkey' }) kind: string;
}
