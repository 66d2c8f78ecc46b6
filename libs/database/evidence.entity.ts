import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Org } from './org.entity';

/** A file that reported values refer to by its code. Never changed, never removed. */
@Entity('evidence_file')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'evidence_file_org_fkey' })
@Unique('evidence_file_sha256_key', ['registryId', 'org', 'sha256'])
@Index('evidence_file_uploaded', ['registryId', 'uploadedAt', 'code'])
@Check('evidence_file_size_check', 'size = octet_length(bytes) and size >= 1 and size <= 20971520')
@Check('evidence_file_sha256_check', 'sha256 = sha256(bytes)')
export class EvidenceFile {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'evidence_file_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'evidence_file_pkey' }) code: string;
  @Column('text') org: string;
  @Column('bytea') sha256: Buffer;
  /** As its sender called it. */
  @Column('text') name: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  /** In bytes. */
  @Column('integer') size: number;
  @Column('bytea') bytes: Buffer;
  @Column('text', { name: 'uploaded_by' }) uploadedBy: string;
  @Column('timestamptz', { name: 'uploaded_at', default: () => 'now()' }) uploadedAt: Date;
}
