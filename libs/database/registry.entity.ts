import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One donor registry. Every other table carries its id, so that registries can be spread over servers. */
@Entity('registry')
export class Registry {
  @PrimaryColumn('integer', { name: 'registry_id', primaryKeyConstraintName: 'registry_pkey' }) registryId: number;
  @Column('text', { name: 'name_zh' }) nameZh: string;
  @Column('text', { name: 'name_en' }) nameEn: string;
  @Column('date', { name: 'first_day' }) firstDay: string;
  @Column('boolean', { default: false }) demonstration: boolean;
}
