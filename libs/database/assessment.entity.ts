import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Org } from './org.entity';
import { Registry } from './registry.entity';

const ADDRESS = ['registryId', 'org', 'form', 'period', 'project', 'revision'] as const;

/** One revision of a self-assessment; the latest alone is written, until it is frozen and stays. */
@Entity('assessment')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'assessment_org_fkey' })
@Check('assessment_period_check', `period ~ '^[1-9][0-9]{3}(-H1)?$'`)
@Check('assessment_revision_check', 'revision >= 1')
@Check('assessment_state_check', `state in ('draft', 'reviewed', 'approved', 'frozen')`)
export class Assessment {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'assessment_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_pkey' }) form: string;
  /** A year, or its first half: `2024-H1`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_pkey' }) period: string;
  /** Empty of a form of the whole unit. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_pkey' }) project: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_pkey' }) revision: number;
  @Column('integer', { name: 'form_version' }) formVersion: number;
  @Column('text') pack: string;
  @Column('integer', { name: 'pack_version' }) packVersion: number;
  @Column('text') state: 'draft' | 'reviewed' | 'approved' | 'frozen';
  /** How often it was written. */
  @Column('integer') version: number;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

/** What somebody typed at a place of the form. The latest stands; all stay. */
@Entity('assessment_typed')
@ForeignKey(() => Assessment, ADDRESS, ADDRESS, { name: 'assessment_typed_assessment_fkey' })
export class AssessmentTyped {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'assessment_typed_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_typed_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_typed_pkey' }) form: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_typed_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_typed_pkey' }) project: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_typed_pkey' }) revision: number;
  /** The assessment's version that it made. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_typed_pkey' }) version: number;
  /** A line's code, `budget:<row>`, `task:<code>` or `pack`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_typed_pkey' }) place: string;
  @Column('jsonb') content: unknown;
  @Column('text', { name: 'written_by' }) writtenBy: string;
  @Column('uuid', { nullable: true }) account: string | null;
  @Column('timestamptz', { name: 'written_at' }) writtenAt: Date;
}

/** A change of state, with the form as it was then. */
@Entity('assessment_step')
@ForeignKey(() => Assessment, ADDRESS, ADDRESS, { name: 'assessment_step_assessment_fkey' })
@Check('assessment_step_note_check', `to_state <> 'draft' or note is not null`)
export class AssessmentStep {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'assessment_step_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_step_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_step_pkey' }) form: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_step_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_step_pkey' }) project: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_step_pkey' }) revision: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_step_pkey' }) number: number;
  @Column('text', { name: 'from_state' }) fromState: string;
  @Column('text', { name: 'to_state' }) toState: string;
  /** Why it was returned. */
  @Column('text', { nullable: true }) note: string | null;
  @Column('text') actor: string;
  @Column('timestamptz') at: Date;
  /** The whole form, in the order in which it was written. */
  @Column('json') filled: unknown;
  /** The whole rule pack that it was scored by. */
  @Column('json') rules: unknown;
  /** The fingerprint of the definitions that its values were computed by. */
  @Column('text') definitions: string;
  /** The standing seals of its months and of its period. */
  @Column('json') seals: unknown;
}

/** A remark on a line, or on the whole. */
@Entity('assessment_comment')
@ForeignKey(() => Assessment, ADDRESS, ADDRESS, { name: 'assessment_comment_assessment_fkey' })
@Check('assessment_comment_resolved_check', '(resolved_by is null) = (resolved_at is null)')
export class AssessmentComment {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'assessment_comment_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_comment_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_comment_pkey' }) form: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_comment_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_comment_pkey' }) project: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_comment_pkey' }) revision: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_comment_pkey' }) number: number;
  @Column('text', { nullable: true }) line: string | null;
  @Column('text') text: string;
  @Column('text') author: string;
  @Column('timestamptz') at: Date;
  @Column('text', { name: 'resolved_by', nullable: true }) resolvedBy: string | null;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt: Date | null;
}

/** A file of a frozen assessment, made when it was frozen and handed out as it is for ever. */
@Entity('assessment_file')
@ForeignKey(() => Assessment, ADDRESS, ADDRESS, { name: 'assessment_file_assessment_fkey' })
@Check('assessment_file_kind_check', `kind in ('form.xlsx', 'report.docx', 'data.json', 'evidence.zip')`)
@Check('assessment_file_size_check', 'octet_length(bytes) between 1 and 104857600')
@Check('assessment_file_sha256_check', 'sha256 = sha256(bytes)')
export class AssessmentFile {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'assessment_file_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_file_pkey' }) org: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_file_pkey' }) form: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_file_pkey' }) period: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_file_pkey' }) project: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'assessment_file_pkey' }) revision: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'assessment_file_pkey' }) kind: string;
  @Column('text') name: string;
  @Column('bytea') bytes: Buffer;
  @Column('bytea') sha256: Buffer;
}

/** A version of a rule pack that an office made. */
@Entity('rule_pack')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'rule_pack_registry_fkey' })
@Check('rule_pack_since_check', `since ~ '^[1-9][0-9]{3}$'`)
export class OfficeRulePack {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'rule_pack_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rule_pack_pkey' }) code: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'rule_pack_pkey' }) version: number;
  /** The first year that is assessed by it. */
  @Column('text') since: string;
  @Column('jsonb') content: unknown;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
}

/** A version of an office's own template of a form's report; without content, the shipped one stands again. */
@Entity('report_template')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'report_template_registry_fkey' })
@Check('report_template_name_check', '(docx is null) = (name is null)')
@Check('report_template_size_check', 'octet_length(docx) between 1 and 10485760')
export class ReportTemplate {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'report_template_pkey' })
  registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'report_template_pkey' }) form: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'report_template_pkey' }) version: number;
  @Column('bytea', { nullable: true }) docx: Buffer | null;
  /** As its sender called it. */
  @Column('text', { nullable: true }) name: string | null;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
}
