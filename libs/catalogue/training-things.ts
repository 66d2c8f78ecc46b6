import type { CountedThing } from './counted-thing';
import { label } from './label';

/** Courses, and who was trained in them. */
export const TRAINING_THINGS = [
  { key: 'training.sessions', kind: 'TrainingHeld', label: label('业务培训班', 'courses held'), unit: '期' },
  {
    key: 'training.events',
    kind: 'RescueTrainingHeld',
    label: label('应急救护培训活动', 'emergency training activities'),
    unit: '场次',
  },
  { key: 'training.total', kind: 'PersonTrained', label: label('培训人数', 'people trained'), unit: '人' },
  {
    key: 'training.certified',
    kind: 'CertifiedTrained',
    label: label('持证类培训人数', 'people in certificate courses'),
    unit: '人',
  },
  {
    key: 'training.first_aiders',
    kind: 'FirstAiderTrained',
    label: label('培训救护员', 'first-aiders trained'),
    unit: '人',
  },
  { key: 'training.reached', kind: 'PublicReached', label: label('普及群众', 'people reached'), unit: '人次' },
] as const satisfies readonly CountedThing[];
