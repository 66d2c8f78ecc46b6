import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { HUNAN_FORM } from './hunan-form';
import { indicator, linesOf, metric, reported } from './line-rows';

/** 项目支出绩效自评表 in the style of Hunan: one for each first-level project of a donor registry. */
export const HUNAN_PROJECT_FORM: FormDefinition = {
  code: 'hunan-project',
  version: 1,
  since: '2024',
  title: label('项目支出绩效自评表', 'self-evaluation of a project’s expenditure'),
  scope: 'project',
  pack: 'hunan',
  tiers: ['一级指标', '二级指标', '三级指标'],
  columns: HUNAN_FORM.columns,
  budget: {
    ...HUNAN_FORM.budget!,
    title: '项目资金',
    rows: [
      { code: 'total', group: null, name: '年度资金总额', partOf: null },
      { code: 'appropriation', group: null, name: '当年财政拨款', partOf: 'total' },
      { code: 'carried', group: null, name: '上年结转资金', partOf: 'total' },
      { code: 'other', group: null, name: '其他资金', partOf: 'total' },
    ],
  },
  keyTasks: [],
  goal: '招募造血干细胞捐献志愿者{recruited}，新增入库{enrolled}，入库回访{revisited}；实现捐献{donations}，捐献者满意度{satisfaction}。',
  lines: [
    ...linesOf(
      ['产出指标', '数量指标'],
      [
        ['recruited', '招募人数', '≥12000人', '≥6000人', '8', metric('registry.recruited')],
        ['enrolled', '新增入库', '≥10000人份', '≥5000人份', '7', metric('registry.enrolled')],
        ['revisited', '入库回访', '≥180000人份', '≥90000人份', '5', metric('retention.revisited')],
        ['donations', '捐献例数', '≥120例', '≥60例', '10', metric('donation.completed')],
      ],
    ),
    ...linesOf(
      ['产出指标', '质量指标'],
      [
        ['samples_damaged', '血样损毁', '＝0份', '＝0份', '4', metric('registry.samples_damaged')],
        ['exam_rate', '体检成功率', '≥75%', '≥75%', '6', indicator('rate.exam_complete')],
      ],
    ),
    ...linesOf(
      ['产出指标', '时效指标'],
      [
        [
          'sampling_in_time',
          '报名采样完成及时性',
          '及时',
          '及时',
          '5',
          metric('registry.sampling_timeliness'),
          '部门总结',
        ],
      ],
    ),
    ...linesOf(['产出指标', '成本指标'], [['cost', '项目成本控制率', '≤100%', '≤100%', '5', reported('项目决算')]]),
    ...linesOf(
      ['效益指标', '社会效益指标'],
      [['donors', '捐献成功人数', '≥120人', '≥60人', '15', metric('donation.donors_distinct')]],
    ),
    ...linesOf(
      ['效益指标', '可持续影响指标'],
      [
        ['stock', '库容', '≥190000人份', '≥185000人份', '8', metric('registry.stock_eop')],
        ['revisit_coverage', '回访覆盖率', '≥90%', '≥45%', '7', indicator('rate.revisit_coverage')],
      ],
    ),
    ...linesOf(
      ['满意度指标', '服务对象满意度指标'],
      [['satisfaction', '捐献者满意度', '≥95%', '≥0%', '10', metric('satisfaction.donors'), '满意度调查']],
    ),
  ],
  targetsFrom: label(
    '表式自带的年度、半年指标值为示范，不是哪个单位批复的',
    'The targets that come with the form are for demonstration and were approved by nobody',
  ),
  assumptions: [
    label(
      '这是捐献工作项目的示范表：二、三级指标分值不是哪个单位批复的；台账不按项目记业务量，各项目表的业务数取自全单位。',
      'A sample for a project of donation work: the lower weights were approved by nobody. The ledger keeps no work by project: figures are the whole unit’s.',
    ),
  ],
};
