import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { indicator, linesOf, metric } from './line-rows';
import { BUDGET_TIER } from '../packs/default-pack';

/** 部门整体支出绩效自评表 in the style of Hunan, for a donor registry: the pathway's lines fill themselves. */
export const HUNAN_FORM: FormDefinition = {
  code: 'hunan',
  version: 2,
  since: '2024',
  title: label('部门整体支出绩效自评表', 'self-evaluation of the whole unit’s expenditure'),
  scope: 'unit',
  pack: 'hunan',
  tiers: ['一级指标', '二级指标', '三级指标'],
  columns: [
    { key: 'target', heading: '年度指标值(A)' },
    { key: 'actual', heading: '实际完成值(B)' },
    { key: 'weight', heading: '分值' },
    { key: 'score', heading: '得分' },
    { key: 'deviation', heading: '偏差' },
    { key: 'source', heading: '完成值来源' },
    { key: 'cause', heading: '偏差原因分析及改进措施' },
  ],
  budget: {
    title: '年度预算',
    tier: BUDGET_TIER,
    weight: '10',
    basis: 'adjusted',
    columns: [
      { key: 'initial', heading: '年初预算数' },
      { key: 'adjusted', heading: '全年预算数(A)' },
      { key: 'executed', heading: '全年执行数(B)' },
      { key: 'weight', heading: '分值' },
      { key: 'rate', heading: '执行率(B/A)' },
      { key: 'score', heading: '得分' },
    ],
    rows: [
      { code: 'total', group: null, name: '年度资金总额', partOf: null },
      { code: 'general', group: '按收入性质分', name: '一般公共预算拨款', partOf: 'total' },
      { code: 'fund', group: '按收入性质分', name: '政府性基金拨款', partOf: 'total' },
      { code: 'non_tax', group: '按收入性质分', name: '纳入专户管理的非税收入拨款', partOf: 'total' },
      { code: 'other', group: '按收入性质分', name: '其他资金', partOf: 'total' },
      { code: 'basic', group: '按支出性质分', name: '基本支出', partOf: 'total' },
      { code: 'project', group: '按支出性质分', name: '项目支出', partOf: 'total' },
    ],
    ownRows: null,
  },
  keyTasks: [],
  goal:
    '招募造血干细胞捐献志愿者{recruited}，中转血样{samples}，入库回访{revisited}；初筛{screened}、再动员{remobilised}、' +
    '高分辨{typed}、体检{examined}；实现捐献{donations}，年度出库率{release}；年末库容{stock}。',
  lines: [
    ...linesOf(
      ['产出指标', '数量指标'],
      [
        ['recruited', '招募人数', '≥12000人', '≥6000人', '3', metric('registry.recruited')],
        ['samples', '中转血样', '≥2800份', '≥1400份', '2', metric('registry.samples_transited')],
        ['screened', '初筛', '≥10000人次', '≥5000人次', '3', metric('match.screen_requested')],
        ['remobilised', '再动员', '≥1100人次', '≥550人次', '2', metric('match.remobilise_requested')],
        ['typed', '高分辨', '≥350人次', '≥175人次', '2', metric('match.hr_requested')],
        ['examined', '体检', '≥220人次', '≥110人次', '2', metric('workup.exam_started')],
        ['exam_completed', '实际体检完成', '≥180人次', '≥90人次', '2', metric('workup.exam_completed')],
        ['donations', '捐献例数', '≥120例', '≥60例', '6', metric('donation.completed')],
        ['revisited', '入库回访', '≥180000人份', '≥90000人份', '3', metric('retention.revisited')],
      ],
    ),
    ...linesOf(
      ['产出指标', '质量指标'],
      [
        ['screen_rate', '初筛成功率', '≥50%', '≥50%', '3', indicator('rate.screen_agree')],
        ['remobilise_rate', '再动员成功率', '≥65%', '≥65%', '3', indicator('rate.remobilise_agree')],
        ['typing_rate', '高分成功率', '≥60%', '≥60%', '3', indicator('rate.hr_agree')],
        ['exam_rate', '体检成功率', '≥75%', '≥75%', '3', indicator('rate.exam_complete')],
        ['samples_damaged', '血样损毁', '＝0份', '＝0份', '3', metric('registry.samples_damaged')],
        ['late_retractions', '临阵悔捐', '＝0例', '＝0例', '2', metric('donation.last_minute_withdrawals')],
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
          '4',
          metric('registry.sampling_timeliness'),
          '部门总结',
        ],
      ],
    ),
    ...linesOf(
      ['产出指标', '成本指标'],
      [
        [
          'public_expense',
          '公用经费控制率',
          '≤100%',
          '≤100%',
          '4',
          indicator('common.public_expense_control_rate'),
          '部门决算',
        ],
      ],
    ),
    ...linesOf(
      ['效益指标', '社会效益指标'],
      [
        ['donors', '捐献成功人数', '≥120人', '≥60人', '10', metric('donation.donors_distinct')],
        ['release', '年度出库率', '≥万分之6.5', '≥万分之3', '8', indicator('rate.annual_release')],
      ],
    ),
    ...linesOf(
      ['效益指标', '可持续影响指标'],
      [
        ['stock', '库容', '≥190000人份', '≥185000人份', '6', metric('registry.stock_eop')],
        ['revisit_coverage', '回访覆盖率', '≥90%', '≥45%', '6', indicator('rate.revisit_coverage')],
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
      '二、三级指标分值为示范，不是哪个单位批复的。',
      'The weights below the first tier are for demonstration and were approved by nobody.',
    ),
  ],
};
