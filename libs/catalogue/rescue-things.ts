import type { CountedThing } from './counted-thing';
import { label } from './label';

/** Rescue teams, their drills and their equipment. */
export const RESCUE_THINGS = [
  { key: 'rescue.missions', kind: 'RescueMission', label: label('救援队出任务', 'rescue missions'), unit: '次' },
  { key: 'rescue.water_missions', kind: 'WaterRescue', label: label('水上救援打捞', 'water rescues'), unit: '次' },
  {
    key: 'rescue.trainings',
    kind: 'RescueSkillTraining',
    label: label('救援技能培训', 'rescue skill trainings'),
    unit: '次',
  },
  { key: 'rescue.drills', kind: 'SafetyDrillHeld', label: label('安全生产、防溺水演练', 'safety drills'), unit: '场' },
  {
    key: 'rescue.comprehensive_drills',
    kind: 'TeamDrillHeld',
    label: label('救援队综合演练', 'comprehensive drills'),
    unit: '次',
  },
  {
    key: 'rescue.safety_services',
    kind: 'SafetyServiceGiven',
    label: label('景区安全保障服务', 'safety services'),
    unit: '场',
  },
  {
    key: 'rescue.stations_received',
    kind: 'RescueStationReceived',
    label: label('接受捐赠救援站', 'rescue stations donated'),
    unit: '个',
  },
  { key: 'rescue.aed_new', kind: 'AedInstalled', label: label('新配备 AED', 'new AEDs'), unit: '个' },
] as const satisfies readonly CountedThing[];
