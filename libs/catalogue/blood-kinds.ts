import type { AttributeDefinition, KindDefinition } from './kind-definition';
import { label } from './label';
import { reasonsOf } from './reasons';

/** 200 ml of whole blood, or what is made of it. */
const UNITS = { unit: '单位', step: '0.5', subjects: {}, tally: true } as const;
/** Apheresis platelets are counted in doses and never added to units. */
const DOSES = { unit: '治疗量', step: '0.5', subjects: {}, tally: true } as const;

const DONATION: readonly AttributeDefinition[] = [
  { code: 'donationCode', label: label('献血码', 'donation code'), type: 'code' },
];

const COMPONENTS = [
  { code: 'red_cells', label: label('红细胞类', 'red cells') },
  { code: 'plasma', label: label('血浆类', 'plasma') },
  { code: 'platelets', label: label('浓缩血小板', 'platelet concentrate') },
  { code: 'cryoprecipitate', label: label('冷沉淀', 'cryoprecipitate') },
  { code: 'other_component', label: label('其他成分', 'other component') },
] as const;

const WHOLE_BLOOD = { code: 'whole_blood', label: label('全血', 'whole blood') } as const;

const TEST_OUTCOMES = [
  { code: 'negative', label: label('阴性', 'negative') },
  { code: 'reactive', label: label('有反应性', 'reactive') },
] as const;

const DISCARDING = [...reasonsOf('blood'), 'HAEMOLYSED'] as const;

/** What a blood station logs: donations, what was collected, tested, prepared, passed, issued and discarded. */
export const BLOOD_KINDS = [
  {
    code: 'BloodDonated',
    label: label('献血人次', 'blood donations'),
    unit: '人次',
    subjects: {},
    tally: true,
    outcomes: [WHOLE_BLOOD, { code: 'apheresis', label: label('机采成分', 'apheresis') }],
    attributes: DONATION,
  },
  { code: 'WholeBloodCollected', label: label('全血采集量', 'whole blood collected'), ...UNITS, attributes: DONATION },
  {
    code: 'PlateletsCollected',
    label: label('机采血小板采集量', 'apheresis platelets collected'),
    ...DOSES,
    attributes: DONATION,
  },
  {
    code: 'SerologyTested',
    label: label('血清学检测', 'serology tests'),
    unit: '人份',
    subjects: {},
    tally: true,
    outcomes: TEST_OUTCOMES,
    attributes: DONATION,
  },
  {
    code: 'NatTested',
    label: label('核酸检测', 'nucleic acid tests'),
    unit: '人次',
    subjects: {},
    tally: true,
    outcomes: TEST_OUTCOMES,
    attributes: DONATION,
  },
  {
    code: 'HtlvTested',
    label: label('嗜T淋巴细胞病毒检测', 'HTLV tests'),
    unit: '人份',
    subjects: {},
    tally: true,
    outcomes: TEST_OUTCOMES,
    attributes: DONATION,
  },
  { code: 'ComponentPrepared', label: label('成分制备', 'components prepared'), ...UNITS, outcomes: COMPONENTS },
  { code: 'ComponentPassed', label: label('成分放行（合格）', 'components passed'), ...UNITS, outcomes: COMPONENTS },
  { code: 'BloodIssued', label: label('血液发放', 'blood issued'), ...UNITS, outcomes: [WHOLE_BLOOD, ...COMPONENTS] },
  { code: 'PlateletsIssued', label: label('机采血小板发放', 'apheresis platelets issued'), ...DOSES },
  { code: 'BloodDiscarded', label: label('血液报废', 'blood discarded'), ...UNITS, reasons: DISCARDING },
  {
    code: 'PlateletsDiscarded',
    label: label('机采血小板报废', 'apheresis platelets discarded'),
    ...DOSES,
    reasons: DISCARDING,
  },
  {
    code: 'BloodFeeReimbursed',
    label: label('献血者用血费用报销', 'donors reimbursed'),
    unit: '人',
    subjects: {},
    tally: true,
    outcomes: [
      { code: 'online', label: label('网络直报', 'filed online') },
      { code: 'counter', label: label('窗口办理', 'at the counter') },
    ],
  },
] as const satisfies readonly KindDefinition[];
