import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { HUNAN_FORM } from './hunan-form';
import { indicator, linesOf, metric } from './line-rows';

/** The whole-unit form for a blood station. */
export const STATION_FORM: FormDefinition = {
  ...HUNAN_FORM,
  code: 'station',
  version: 1,
  title: label('血站整体支出绩效自评表', 'self-evaluation of a blood station'),
  goal: '采集{times}、{tonnes}，发放{issued}；制备合格率{pass_rate}，血液质量安全事故{accidents}；献血满意度{satisfaction}。',
  lines: [
    ...linesOf(
      ['产出指标', '数量指标'],
      [
        ['times', '采集人次', '≥50000人次', '≥25000人次', '8', metric('blood.donation_times')],
        ['tonnes', '采集吨数', '≥17吨', '≥8.5吨', '7', metric('blood.collected_tonnes')],
        ['platelets', '机采血小板', '≥8000治疗量', '≥4000治疗量', '5', metric('blood.collected_doses')],
        ['issued', '发放血液', '≥80000单位', '≥40000单位', '5', metric('blood.issued_units')],
      ],
    ),
    ...linesOf(
      ['产出指标', '质量指标'],
      [
        ['pass_rate', '制备合格率', '≥99%', '≥99%', '5', indicator('blood.preparation_pass_rate')],
        ['use_rate', '成分血使用率', '≥99%', '≥99%', '5', indicator('blood.component_use_rate')],
        ['accidents', '血液质量安全事故', '＝0次', '＝0次', '5', metric('blood.safety_accidents')],
      ],
    ),
    ...linesOf(
      ['产出指标', '时效指标'],
      [['online_claims', '血费网络直报率', '≥90%', '≥90%', '5', indicator('blood.online_claim_rate')]],
    ),
    ...linesOf(
      ['产出指标', '成本指标'],
      [
        [
          'public_expense',
          '公用经费控制率',
          '≤100%',
          '≤100%',
          '5',
          indicator('common.public_expense_control_rate'),
          '部门决算',
        ],
      ],
    ),
    ...linesOf(
      ['效益指标', '社会效益指标'],
      [
        ['voluntary', '自愿无偿献血占比', '＝100%', '＝100%', '10', metric('blood.voluntary_rate')],
        ['hospitals', '用血医疗机构', '≥30家', '≥30家', '6', metric('blood.hospitals')],
        ['events', '献血宣传活动', '≥12次', '≥6次', '6', metric('outreach.blood_events')],
      ],
    ),
    ...linesOf(
      ['效益指标', '可持续影响指标'],
      [['callback', '献血者回访率', '≥60%', '≥60%', '8', metric('blood.callback_rate')]],
    ),
    ...linesOf(
      ['满意度指标', '服务对象满意度指标'],
      [['satisfaction', '献血满意度', '≥90%', '≥0%', '10', metric('blood.donor_satisfaction'), '满意度调查']],
    ),
  ],
  targetsFrom: label(
    '表式自带的指标值为示范，不是哪个单位批复的',
    'The targets that come with the form are for demonstration and were approved by nobody',
  ),
  assumptions: [
    label(
      '指标和二、三级指标分值为示范，不是哪个单位批复的。',
      'Lines and lower weights are for demonstration and were approved by nobody.',
    ),
  ],
};
