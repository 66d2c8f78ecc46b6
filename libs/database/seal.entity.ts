import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { LedgerWrite } from './ledger.entity';

/**
 * What a period was when it was closed, as a link of the registry's chain (R21). A period that is closed again gets the
 * next number; the seals before it stay. Never changed, never removed, written by the database alone.
 */
@Entity('seal')
@ForeignKey(() => LedgerWrite, ['registryId', 'position'], ['registryId', 'position'], { name: 'seal_write_fkey' })
@Unique('seal_seq_key', ['registryId', 'seq'])
@Check('seal_entries_check', '(entries is null) = (entries_hash is null)')
export class Seal {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'seal_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'seal_pkey' }) period: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'seal_pkey' }) number: number;
  /** Its place in the chain. */
  @Column('bigint') seq: string;
  /** The write that closed it: who and when. */
  @Column('bigint') position: string;
  /** By which definitions the values were computed. */
  @Column('text', { nullable: true }) definitions: string | null;
  /** How many entries were posted to the month; null of a longer period, whose months have sealed theirs. */
  @Column('bigint', { nullable: true }) entries: string | null;
  @Column('bytea', { name: 'entries_hash', nullable: true }) entriesHash: Buffer | null;
  /** How many values. */
  @Column('bigint') figures: string;
  @Column('bytea', { name: 'figures_hash' }) figuresHash: Buffer;
  /** The hash of the seal before it in the chain; empty in the first. */
  @Column('bytea') previous: Buffer;
  @Column('bytea') hash: Buffer;
}

/** A value as a seal holds it. */
@Entity('sealed_value')
@ForeignKey(() => Seal, ['registryId', 'period', 'number'], ['registryId', 'period', 'number'], {
  name: 'sealed_value_seal_fkey',
})
export class SealedValue {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'sealed_value_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sealed_value_pkey' }) period: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'sealed_value_pkey' }) number: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sealed_value_pkey' }) org: string;
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'sealed_value_pkey' }) own: boolean;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sealed_value_pkey' }) key: string;
  @Column('text') state: 'value' | 'zero' | 'not_applicable';
  @Column('numeric', { nullable: true }) value: string | null;
  @Column('numeric', { nullable: true }) numerator: string | null;
  @Column('numeric', { nullable: true }) denominator: string | null;
  @Column('integer') version: number;
}
