import { ACTIVITY_THINGS } from './activity-things';
import { BLOOD_KINDS } from './blood-kinds';
import { BLOOD_THINGS } from './blood-things';
import { kindOfThing } from './counted-thing';
import { DONOR_KINDS } from './donor-kinds';
import { JUDGED_LINES } from './judged-lines';
import type { KindDefinition } from './kind-definition';
import { label, type Label } from './label';
import { MEDIA_KINDS } from './media-kinds';
import { OFFICE_THINGS } from './office-things';
import { OPENING_KINDS } from './opening-kinds';
import { ORGAN_THINGS } from './organ-things';
import { PAYMENT_KINDS } from './payment-kinds';
import { PAYMENT_THINGS } from './payment-things';
import { RELIEF_THINGS } from './relief-things';
import { REPORTED_FIGURES } from './reported-figures';
import { kindOfValue } from './reported-value';
import { REQUEST_KINDS } from './request-kinds';
import { RESCUE_THINGS } from './rescue-things';
import { SAMPLE_KINDS } from './sample-kinds';
import { TRAINING_THINGS } from './training-things';
import { YEAR_TOTAL } from './year-total';

export interface Family {
  readonly code: string;
  readonly label: Label;
  readonly kinds: readonly KindDefinition[];
}

/** The kinds of entry as an office thinks of them. Within a day the kinds of one subject happen in this order. */
export const FAMILIES: readonly Family[] = [
  { code: 'opening', label: label('建账期初数', 'Opening figures'), kinds: [...OPENING_KINDS, YEAR_TOTAL] },
  { code: 'samples', label: label('招募与血样', 'Recruitment and samples'), kinds: SAMPLE_KINDS },
  { code: 'donors', label: label('在库志愿者', 'Listed donors'), kinds: DONOR_KINDS },
  { code: 'requests', label: label('请求与捐献', 'Requests and donation'), kinds: REQUEST_KINDS },
  {
    code: 'blood',
    label: label('血站业务', 'Blood station'),
    kinds: [...BLOOD_KINDS, ...BLOOD_THINGS.map(kindOfThing)],
  },
  {
    code: 'activities',
    label: label('活动与宣传', 'Activities and publicity'),
    kinds: [...MEDIA_KINDS, ...ACTIVITY_THINGS.map(kindOfThing)],
  },
  { code: 'training', label: label('培训', 'Training'), kinds: TRAINING_THINGS.map(kindOfThing) },
  {
    code: 'payments',
    label: label('费用发放', 'Payments'),
    kinds: [...PAYMENT_KINDS, ...PAYMENT_THINGS.map(kindOfThing)],
  },
  { code: 'organs', label: label('器官与遗体捐献', 'Organs and bodies'), kinds: ORGAN_THINGS.map(kindOfThing) },
  { code: 'relief', label: label('救助与社区', 'Relief and community'), kinds: RELIEF_THINGS.map(kindOfThing) },
  { code: 'rescue', label: label('应急救援', 'Rescue'), kinds: RESCUE_THINGS.map(kindOfThing) },
  { code: 'office', label: label('单位收支与管理', 'The office'), kinds: OFFICE_THINGS.map(kindOfThing) },
  { code: 'reported', label: label('填报数值', 'Reported values'), kinds: REPORTED_FIGURES.map(kindOfValue) },
  { code: 'judged', label: label('定性指标', 'Lines judged in words'), kinds: JUDGED_LINES.map(kindOfValue) },
];
