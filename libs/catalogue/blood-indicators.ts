import { PERCENT, type IndicatorDefinition } from './indicator-definition';
import { label } from './label';

/** The rates of a blood station. */
export const BLOOD_INDICATORS = [
  {
    key: 'blood.preparation_pass_rate',
    label: label('制备合格率', 'component preparation pass rate'),
    numerator: 'blood.component_units_passed',
    denominator: 'blood.component_units',
    ...PERCENT,
  },
  {
    key: 'blood.component_use_rate',
    label: label('成分血使用率', 'component use rate'),
    numerator: 'blood.issued_component_units',
    denominator: 'blood.issued_units',
    ...PERCENT,
  },
  {
    key: 'blood.htlv_coverage',
    label: label('嗜T淋巴细胞病毒检测覆盖率', 'HTLV test coverage'),
    numerator: 'blood.htlv_tested',
    denominator: 'blood.donation_times',
    ...PERCENT,
  },
  {
    key: 'blood.online_claim_rate',
    label: label('网络直报率', 'share of reimbursements filed online'),
    numerator: 'blood.reimbursed_online',
    denominator: 'blood.reimbursed_donors',
    ...PERCENT,
  },
] as const satisfies readonly IndicatorDefinition[];
