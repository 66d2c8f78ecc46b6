import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { BUDGET_TIER } from '../packs/default-pack';
import { linesOf, metric } from './line-rows';

/** A short form for a district Red Cross of two people, weighed as on district forms in the style of Hubei. */
export const DISTRICT_FORM: FormDefinition = {
  code: 'district',
  version: 2,
  since: '2024',
  title: label('区县红十字会整体支出绩效自评表', 'self-evaluation of a district Red Cross'),
  scope: 'unit',
  pack: 'hubei',
  tiers: ['一级指标', '二级指标', '三级指标'],
  columns: [
    { key: 'target', heading: '年度指标值' },
    { key: 'actual', heading: '实际完成值' },
    { key: 'weight', heading: '分值' },
    { key: 'score', heading: '得分' },
    { key: 'source', heading: '完成值来源' },
    { key: 'cause', heading: '未完成原因和改进措施' },
  ],
  budget: {
    title: '预算执行情况',
    tier: BUDGET_TIER,
    weight: '20',
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
      { code: 'total', group: null, name: '部门整体支出总额', partOf: null },
      { code: 'basic', group: null, name: '基本支出', partOf: 'total' },
      { code: 'project', group: null, name: '项目支出', partOf: 'total' },
    ],
    ownRows: null,
  },
  keyTasks: [],
  goal: '培训救护员{first_aiders}，普及{reached}；救助慰问{households}；采集造血干细胞血样{samples}。',
  lines: [
    ...linesOf(
      ['产出指标', '数量指标'],
      [
        ['first_aiders', '培训救护员', '≥200人', '≥100人', '10', metric('training.first_aiders')],
        ['reached', '应急救护普及', '≥2000人次', '≥1000人次', '6', metric('training.reached')],
        ['households', '救助慰问困难家庭', '≥60户', '≥30户', '8', metric('relief.households')],
        ['samples', '造血干细胞血样采集', '≥30份', '≥15份', '6', metric('registry.samples_collected')],
      ],
    ),
    ...linesOf(
      ['产出指标', '质量指标'],
      [['funds_compliant', '资金使用合规性', '合规', '合规', '6', metric('common.funds_compliant'), '部门决算']],
    ),
    ...linesOf(
      ['产出指标', '成本指标'],
      [
        [
          'budget_adjustment',
          '预算调整率',
          '≤10%',
          '≤10%',
          '4',
          { kind: 'budget', rate: 'adjustment', row: 'total' },
          '部门决算',
        ],
      ],
    ),
    ...linesOf(
      ['效益指标', '社会效益指标'],
      [
        ['volunteer_events', '志愿服务活动', '≥12场', '≥6场', '10', metric('outreach.volunteer_events')],
        ['registrations', '器官捐献志愿登记', '≥100人', '≥50人', '6', metric('organ.registrations')],
      ],
    ),
    ...linesOf(
      ['效益指标', '可持续影响指标'],
      [['plan', '工作计划制定健全性', '健全', '健全', '8', metric('common.plan_work_sound'), '部门总结']],
    ),
    ...linesOf(
      ['满意度指标', '服务对象满意度指标'],
      [['satisfaction', '服务对象满意度', '≥90%', '≥0%', '16', metric('satisfaction.beneficiaries'), '满意度调查']],
    ),
  ],
  targetsFrom: label(
    '表式自带的指标值为示范，不是哪个单位批复的',
    'The targets that come with the form are for demonstration and were approved by nobody',
  ),
  assumptions: [
    label(
      '指标和二、三级指标分值为示范，不是哪个单位批复的；预算调整率由预算表算出，除以哪个预算数与台账的口径相同，可在口径设置中改选。',
      'Lines and lower weights are for demonstration and were approved by nobody; the adjustment rate comes from the budget table, by the budget that the ledger’s definition says, which is a setting.',
    ),
  ],
};
