import type { CountedThing } from './counted-thing';
import { label } from './label';

/** Registrations for, and donations of, organs and bodies. */
export const ORGAN_THINGS = [
  {
    key: 'organ.registrations',
    kind: 'OrganRegistered',
    label: label('器官（遗体）捐献登记', 'organ or body donation registrations'),
    unit: '人',
  },
  { key: 'organ.organ_donations', kind: 'OrganDonated', label: label('器官捐献', 'organ donations'), unit: '例' },
  { key: 'organ.body_donations', kind: 'BodyDonated', label: label('遗体捐献', 'body donations'), unit: '例' },
  { key: 'organ.cornea_donations', kind: 'CorneaDonated', label: label('角膜捐献', 'cornea donations'), unit: '例' },
  { key: 'organ.memorial_events', kind: 'MemorialHeld', label: label('缅怀纪念活动', 'memorial events'), unit: '次' },
] as const satisfies readonly CountedThing[];
