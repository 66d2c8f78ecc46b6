import { YUAN, type CountedThing } from './counted-thing';
import { label } from './label';

/** What a blood station counts besides its blood. */
export const BLOOD_THINGS = [
  {
    key: 'blood.safety_accidents',
    kind: 'BloodSafetyAccident',
    label: label('血液质量安全事故', 'blood safety accidents'),
    unit: '次',
  },
  {
    key: 'blood.hospitals_inspected',
    kind: 'HospitalInspected',
    label: label('血液安全技术核查医疗机构', 'hospitals inspected'),
    unit: '家',
  },
  { key: 'blood.reimbursed_amount', kind: 'BloodFeePaid', label: label('血费报销金额', 'amount reimbursed'), ...YUAN },
  {
    key: 'outreach.blood_events',
    kind: 'BloodPublicityHeld',
    label: label('献血宣传活动', 'blood donation publicity events'),
    unit: '次',
  },
  {
    key: 'outreach.blood_projects',
    kind: 'BloodProjectHeld',
    label: label('无偿献血宣传项目', 'blood donation projects'),
    unit: '个',
  },
] as const satisfies readonly CountedThing[];
