import { WAN_YUAN, type CountedThing } from './counted-thing';
import { label } from './label';

/** Help in need, what is raised for it, and the homes that give it. */
export const RELIEF_THINGS = [
  { key: 'relief.beneficiaries', kind: 'PersonRelieved', label: label('救助人数', 'people helped'), unit: '人' },
  {
    key: 'relief.households',
    kind: 'HouseholdRelieved',
    label: label('救助慰问户数', 'households helped'),
    unit: '户',
  },
  { key: 'relief.amount', kind: 'ReliefPaid', label: label('救助资金', 'relief money'), ...WAN_YUAN },
  { key: 'relief.received', kind: 'GiftReceived', label: label('接收捐赠款物', 'gifts received'), ...WAN_YUAN },
  {
    key: 'relief.distributed',
    kind: 'GiftDistributed',
    label: label('发放救助款物', 'gifts distributed'),
    ...WAN_YUAN,
  },
  { key: 'fundraising.amount', kind: 'FundsRaised', label: label('公益日筹资', 'funds raised'), ...WAN_YUAN },
  {
    key: 'community.homes_new',
    kind: 'HomeOpened',
    label: label('新建博爱家园', 'community homes opened'),
    unit: '个',
  },
  {
    key: 'community.homes_awarded',
    kind: 'HomeAwarded',
    label: label('评选优秀博爱家园', 'community homes awarded'),
    unit: '个',
  },
  {
    key: 'community.branches_new',
    kind: 'BranchFounded',
    label: label('新成立基层红十字会', 'new branches'),
    unit: '个',
  },
  {
    key: 'community.service_funds',
    kind: 'ServiceFundsSpent',
    label: label('投入人道服务资金', 'service money'),
    ...WAN_YUAN,
  },
  {
    key: 'community.service_projects',
    kind: 'ServiceProjectHeld',
    label: label('人道服务项目', 'service projects'),
    unit: '个',
  },
  { key: 'community.clinics', kind: 'ClinicHeld', label: label('义诊活动', 'free clinics'), unit: '场' },
  {
    key: 'community.clinic_visits',
    kind: 'ClinicVisited',
    label: label('义诊服务', 'free clinic visits'),
    unit: '人次',
  },
] as const satisfies readonly CountedThing[];
