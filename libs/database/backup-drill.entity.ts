import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Registry } from './registry.entity';

/** One drill: a backup made, restored beside the office, and recounted there. */
@Entity('backup_drill')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'backup_drill_registry_fkey' })
export class BackupDrill {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'backup_drill_pkey' }) registryId: number;
  @PrimaryColumn('timestamptz', { name: 'started_at', primaryKeyConstraintName: 'backup_drill_pkey' }) startedAt: Date;
  @Column('timestamptz', { name: 'finished_at' }) finishedAt: Date;
  @Column('text', { nullable: true }) file: string | null;
  @Column('bigint', { nullable: true }) bytes: string | null;
  /** Entries of the registry in the restored database. */
  @Column('bigint', { nullable: true }) entries: string | null;
  @Column('bigint', { nullable: true }) checked: string | null;
  @Column('bigint', { nullable: true }) drift: string | null;
  /** What the recount of the restored audit chain gave. */
  @Column('jsonb', { nullable: true }) audit: unknown;
  /** Why it failed: a sentence in Chinese and English; null when it did not. */
  @Column('jsonb', { nullable: true }) problem: unknown;
}
