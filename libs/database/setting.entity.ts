import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { LedgerWrite } from './ledger.entity';

/** One choice among the meanings that a definition may have, from a month on. Never changed, never removed. */
@Entity('setting')
@ForeignKey(() => LedgerWrite, ['registryId', 'position'], ['registryId', 'position'], {
  name: 'setting_write_fkey',
})
@Check('setting_number_check', 'number between 1 and 999')
@Check('setting_since_check', 'extract(day from since) = 1')
export class Setting {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'setting_pkey' }) registryId: number;
  /** In the order of choosing, of all the registry's settings together. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'setting_pkey' }) number: number;
  @Column('text') key: string;
  @Column('text') choice: string;
  /** The first day of the month from which it holds. */
  @Column('date') since: string;
  @Column('text') reason: string;
  @Column('bigint') position: string;
}
