import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Registry } from './registry.entity';

export type OrgLevel = 'registry' | 'city' | 'county' | 'station' | 'university';

/** A node of the registry's tree of orgs (R14). `org` is its code: what entries, users and reports name it by. */
@Entity('org')
@ForeignKey(() => Registry, ['registryId'], ['registryId'], { name: 'org_registry_fkey' })
@ForeignKey(() => Org, ['registryId', 'parent'], ['registryId', 'org'], { name: 'org_parent_fkey' })
@Index('org_one_root', ['registryId'], { unique: true, where: 'parent is null' })
@Check('org_level_check', `level in ('registry', 'city', 'county', 'station', 'university')`)
@Check('org_root_check', `(parent is null) = (level = 'registry')`)
export class Org {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'org_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'org_pkey' }) org: string;
  @Column('text', { nullable: true }) parent: string | null;
  @Column('text') level: OrgLevel;
  @Column('text', { name: 'name_zh' }) nameZh: string;
  @Column('text', { name: 'name_en' }) nameEn: string;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn: string | null;
}

/** What an org was from a position of the ledger on, until its next version. Never changed, never removed. */
@Entity('org_history')
@ForeignKey(() => Org, ['registryId', 'org'], ['registryId', 'org'], { name: 'org_history_org_fkey' })
export class OrgHistory {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'org_history_pkey' }) registryId: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'org_history_pkey' }) org: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'org_history_pkey' }) version: number;
  /** 0 of the orgs that the registry began with. */
  @Column('bigint') position: string;
  @Column('text', { nullable: true }) parent: string | null;
  @Column('text') level: OrgLevel;
  @Column('text', { name: 'name_zh' }) nameZh: string;
  @Column('text', { name: 'name_en' }) nameEn: string;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn: string | null;
}
