import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Entry } from './ledger.entity';
import { Org } from './org.entity';

/** What files of one origin are compared with: an org's files of one kind, or of all, by the name of the first (R23). */
@Entity('import_source')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'import_source_org_fkey' })
@Index('import_source_name', ['registryId', 'org', 'kind', 'name'], { unique: true })
export class ImportSource {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_source_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'source_id', primaryKeyConstraintName: 'import_source_pkey' }) sourceId: string;
  @Column('text') org: string;
  /** Empty: each row says its own. */
  @Column('text') kind: string;
  @Column('text') name: string;
  /** Keeps the hash of a row from telling its note once that is blanked (R8). */
  @Column('bytea') salt: Buffer;
  @Column('jsonb', { nullable: true }) mapping: unknown;
  /** Counts the files that have changed what its live entries are. */
  @Column('bigint', { default: 0 }) version: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

/** One file, from its arrival to what became of it. */
@Entity('import')
@ForeignKey(() => ImportSource, ['registryId', 'sourceId'], ['registryId', 'sourceId'], { name: 'import_source_fkey' })
@Index('import_one_posting', ['registryId', 'sourceId'], {
  unique: true,
  where: `state in ('accepted', 'posting', 'stopped')`,
})
@Index('import_keeping_gaps', ['registryId', 'importId'], { where: 'keep_gaps' })
@Index('import_by_source', ['registryId', 'sourceId', 'createdAt'])
@Check('import_mode_check', `mode in ('good_rows', 'all_or_nothing')`)
@Check(
  'import_state_check',
  `state in ('received', 'mapping', 'staged', 'accepted', 'posting', 'stopped', 'done', 'cancelled', 'refused')`,
)
export class Import {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'import_pkey' }) importId: string;
  @Column('uuid', { name: 'source_id' }) sourceId: string;
  /** What all of its rows are of, as its importer said; null: each says its own, whatever its source came to be. */
  @Column('text', { nullable: true }) kind: string | null;
  @Column('text') mode: string;
  /** Rows are taken in also where nothing stands that has to come before them. */
  @Column('boolean', { name: 'keep_gaps', default: false }) keepGaps: boolean;
  @Column('text') state: string;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('bytea', { name: 'file_hash' }) fileHash: Buffer;
  @Column('bigint', { name: 'file_size' }) fileSize: string;
  @Column('jsonb', { nullable: true }) mapping: unknown;
  /** What the columns of its sheets were taken for. */
  @Column('jsonb', { nullable: true }) sheets: unknown;
  @Column('jsonb', { nullable: true }) notices: unknown;
  /** Why entries are taken back, or posted to a later month than they happened in. */
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text') phase: string;
  @Column('bigint', { default: 0 }) done: string;
  @Column('bigint', { nullable: true }) total: string | null;
  @Column('jsonb', { nullable: true }) counts: unknown;
  /** The version of the source that the proposal was made against. */
  @Column('bigint', { name: 'proposed_version', nullable: true }) proposedVersion: string | null;
  /** The last write that the proposal was made against. */
  @Column('bigint', { name: 'proposed_position', nullable: true }) proposedPosition: string | null;
  @Column('integer', { nullable: true }) batches: number | null;
  @Column('integer', { name: 'next_batch', default: 0 }) nextBatch: number;
  @Column('bigint', { name: 'entries_posted', default: 0 }) entriesPosted: string;
  @Column('jsonb', { nullable: true }) question: unknown;
  @Column('jsonb', { nullable: true }) problem: unknown;
  /** How often it has failed by a fault of the program since it last came further. */
  @Column('integer', { default: 0 }) faults: number;
  /** How often it was begun since then, and nobody knows how that ended. */
  @Column('integer', { default: 0 }) unended: number;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('text', { name: 'accepted_by', nullable: true }) acceptedBy: string | null;
  @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt: Date | null;
  @Column('timestamptz', { name: 'progressed_at' }) progressedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}

/** A part of the file itself, kept for whichever process reads it and for the workbook of its errors. */
@Entity('import_file')
@ForeignKey(() => Import, ['registryId', 'importId'], ['registryId', 'importId'], { name: 'import_file_import_fkey' })
export class ImportFile {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_file_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'import_file_pkey' }) importId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_file_pkey' }) part: number;
  @Column('bytea') bytes: Buffer;
}

/** A row of the file: the entry that it states, or what is wrong with it. */
@Entity('import_row')
@Index('import_row_invalid', ['registryId', 'importId', 'sheet', 'row'], {
  where: 'problems is not null or breach is not null',
})
export class ImportRow {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_row_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'import_row_pkey' }) importId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_row_pkey' }) sheet: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_row_pkey' }) row: number;
  @Column('jsonb') stated: unknown;
  @Column('uuid', { name: 'stated_id', nullable: true }) statedId: string | null;
  @Column('text', { nullable: true }) kind: string | null;
  @Column('text', { nullable: true }) org: string | null;
  @Column('date', { name: 'occurred_on', nullable: true }) occurredOn: string | null;
  @Column('text', { name: 'donor_code', nullable: true }) donorCode: string | null;
  @Column('text', { name: 'case_code', nullable: true }) caseCode: string | null;
  @Column('text', { name: 'sample_code', nullable: true }) sampleCode: string | null;
  @Column('text', { nullable: true }) outcome: string | null;
  /** Of the content, by which a row is recognised. */
  @Column('uuid', { name: 'content_key', nullable: true }) contentKey: string | null;
  /** What its cells say by themselves. */
  @Column('jsonb', { nullable: true }) problems: unknown;
  /** What it is refused for in view of the ledger and of the other rows. */
  @Column('jsonb', { nullable: true }) breach: unknown;
  /** The entry that it names by its id stands already, and by another way in. */
  @Column('boolean', { default: false }) stored: boolean;
}

/** What is to be done for a row, or for an entry that the file no longer holds: an entry, a reversal, or both. */
@Entity('import_step')
@Index('import_step_row', ['registryId', 'importId', 'sheet', 'row'], { where: '"row" is not null' })
@Check('import_step_check', 'id is not null or reverses is not null')
export class ImportStep {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_step_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'import_step_pkey' }) importId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_step_pkey' }) batch: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'import_step_pkey' }) number: number;
  @Column('uuid', { nullable: true }) id: string | null;
  @Column('uuid', { nullable: true }) reverses: string | null;
  @Column('integer', { nullable: true }) sheet: number | null;
  @Column('integer', { nullable: true }) row: number | null;
  @Column('jsonb', { nullable: true }) problem: unknown;
}

/** Which entry of the ledger came from which source: what the next file of it is compared with. */
@Entity('import_entry')
@ForeignKey(() => Entry, ['registryId', 'id'], ['registryId', 'id'], { name: 'import_entry_entry_fkey' })
@Index('import_entry_source', ['registryId', 'sourceId', 'contentKey'])
export class ImportEntry {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'import_entry_pkey' }) registryId: number;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'import_entry_pkey' }) id: string;
  @Column('uuid', { name: 'source_id' }) sourceId: string;
  @Column('uuid', { name: 'content_key' }) contentKey: string;
  @Column('uuid', { name: 'import_id' }) importId: string;
  @Column('integer') sheet: number;
  @Column('integer') row: number;
}
