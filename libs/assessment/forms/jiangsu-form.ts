import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { common } from './common-lines';
import { indicator, linesOf, metric, reported } from './line-rows';

/** The target table of Jiangsu with its half-year targets and 重点工作: what is planned, and in July and at the end what came of it. */
export const JIANGSU_FORM: FormDefinition = {
  code: 'jiangsu',
  version: 1,
  since: '2024',
  title: label('部门整体支出绩效目标监控及自评表', 'targets, monitoring and self-evaluation of the whole unit'),
  scope: 'unit',
  pack: 'jiangsu',
  tiers: ['一级指标', '二级指标', '重点工作', '三级指标'],
  columns: [
    { key: 'halfTarget', heading: '半年指标值' },
    { key: 'target', heading: '全年指标值' },
    { key: 'actual', heading: '实际完成值' },
    { key: 'deviation', heading: '偏差' },
    { key: 'source', heading: '完成值来源' },
    { key: 'cause', heading: '偏差原因分析及改进措施' },
  ],
  budget: {
    title: '部门整体资金',
    tier: null,
    weight: null,
    basis: 'adjusted',
    columns: [
      { key: 'initial', heading: '年初预算数' },
      { key: 'adjustment', heading: '调整数' },
      { key: 'adjusted', heading: '调整预算数' },
      { key: 'executed', heading: '执行数' },
      { key: 'rate', heading: '执行率' },
    ],
    rows: [
      { code: 'total', group: null, name: '资金总额', partOf: null },
      { code: 'appropriation', group: '收入来源', name: '财政拨款', partOf: 'total' },
      { code: 'other', group: '收入来源', name: '其他资金', partOf: 'total' },
      { code: 'basic', group: '支出', name: '基本支出', partOf: 'total' },
      { code: 'project', group: '支出', name: '项目支出', partOf: 'total' },
    ],
    ownRows: 'project',
  },
  keyTasks: [],
  goal:
    '成功捐献造血干细胞{donations}，拨付采样费{sampling_fee}、捐献者慰问金{consolation}；' +
    '器官捐献志愿登记{organ_registrations}；报名志愿者同意率{volunteer_agree}，捐献者满意度{donor_satisfaction}。',
  lines: [
    ...linesOf(
      ['决策', '计划制定', ''],
      [common('plan_longterm_sound', '健全', '健全'), common('plan_work_sound', '健全', '健全')],
    ),
    ...linesOf(
      ['决策', '目标设定', ''],
      [common('goal_reasonable', '合理', '合理'), common('indicator_clear', '明确', '明确')],
    ),
    ...linesOf(
      ['决策', '预算编制', ''],
      [common('budget_scientific', '科学', '科学'), common('budget_standardised', '规范', '规范')],
    ),
    ...linesOf(
      ['过程', '预算执行', ''],
      [
        common('budget_adjustment_rate', '＝0%', '＝0%'),
        common('payment_progress_conformity', '＝100%', '＝100%'),
        common('budget_execution_rate', '＝100%', '＝20%'),
        common('carryover_rate', '＝0%', '＝0%'),
        common('public_expense_control_rate', '≤100%', '≤100%'),
        common('three_public_change_rate', '≤0%', '≤0%'),
        common('procurement_execution_rate', '＝100%', '＝100%'),
        common('nontax_completion_rate', '≥100%', '≥100%'),
      ],
    ),
    ...linesOf(
      ['过程', '预算管理', ''],
      [
        common('budget_rules_sound', '健全', '健全'),
        common('funds_compliant', '合规', '合规'),
        common('performance_coverage_rate', '＝100%', '＝100%'),
        common('base_info_complete', '完善', '完善'),
        common('disclosure', '公开', '公开'),
        common('nontax_compliant', '合规', '合规'),
      ],
    ),
    ...linesOf(
      ['过程', '资产管理', ''],
      [
        common('asset_rules_sound', '健全', '健全'),
        common('asset_standardised', '规范', '规范'),
        common('asset_utilisation_rate', '＝100%', '＝100%'),
      ],
    ),
    ...linesOf(
      ['过程', '项目管理', ''],
      [common('project_rules_sound', '健全', '健全'), common('project_rules_followed', '规范', '规范')],
    ),
    ...linesOf(
      ['过程', '人员管理', ''],
      [
        common('staff_rules_sound', '健全', '健全'),
        common('staff_rules_effective', '有效', '有效'),
        common('staff_control_rate', '＝100%', '＝100%'),
      ],
    ),
    ...linesOf(
      ['过程', '机构建设', ''],
      [
        common('org_building_timely_rate', '＝100%', '＝100%'),
        common('training_timely_rate', '＝100%', '＝100%'),
        common('discipline_effective', '有效', '有效'),
      ],
    ),
    ...linesOf(
      ['履职', '服务捐受双方和医院，宣传、数据管理、检索配型', '服务能力'],
      [
        ['trainings', '举办业务培训班', '≥1期', '≥0期', null, metric('training.sessions')],
        [
          'volunteer_events',
          '捐献志愿者联谊活动',
          '≥1次',
          '≥0次',
          null,
          metric('outreach.volunteer_events', { unit: '次' }),
        ],
      ],
    ),
    ...linesOf(
      ['履职', '服务捐受双方和医院，宣传、数据管理、检索配型', '知识宣传和参与'],
      [
        ['donations', '成功捐献数', '≥100例', '≥50例', null, metric('donation.completed')],
        ['public_adverts', '发布公益广告', '≥1次', '≥0次', null, metric('outreach.psa_published')],
      ],
    ),
    ...linesOf(
      ['履职', '服务捐受双方和医院，宣传、数据管理、检索配型', '信息化保障'],
      [
        ['systems', '日常维护信息系统数量', '≥1个', '≥1个', null, metric('it.systems_maintained')],
        ['security_reports', '完成等保测评及安全运维服务报告篇数', '≥1篇', '≥0篇', null, metric('it.mlps_reports')],
      ],
    ),
    ...linesOf(
      ['履职', '动员报名登记，表彰慰问捐献者', '志愿者招募'],
      [
        ['sampling_fee', '拨付采样费人数', '≥10000人', '≥4000人', null, metric('registry.sampling_fee_paid')],
        ['sampling_in_time', '报名采样完成及时性', '及时', '及时', null, metric('registry.sampling_timeliness')],
      ],
    ),
    ...linesOf(
      ['履职', '动员报名登记，表彰慰问捐献者', '捐献者慰问关怀'],
      [['consolation', '拨捐献者慰问金例数', '≥100例', '≥50例', null, metric('donation.consolation_paid')]],
    ),
    ...linesOf(
      ['履职', '人体器官捐献', '器官捐献宣传、缅怀和登记'],
      [
        [
          'organ_registrations',
          '人体器官捐献志愿登记人数',
          '≥50000人',
          '≥20000人',
          null,
          metric('organ.registrations'),
        ],
        ['organ_memorials', '举办人体器官捐献缅怀纪念活动次数', '≥1次', '≥1次', null, metric('organ.memorial_events')],
        ['organ_trainings', '举办业务培训班场次', '≥1次', '≥0次', null, reported('器官捐献业务培训通知和总结')],
      ],
    ),
    ...linesOf(
      ['效益指标', '社会效益', ''],
      [
        ['volunteer_agree', '报名志愿者同意率', '≥80%', '≥80%', null, indicator('rate.volunteer_agree')],
        ['donors', '捐献成功数', '≥100人', '≥50人', null, metric('donation.donors_distinct')],
      ],
    ),
    ...linesOf(
      ['效益指标', '可持续影响', ''],
      [
        ['typing_variety', '增加样本量丰富入库分型种类', '增加', '增加', null, metric('registry.typing_variety')],
        ['stock_growth', '增加登记志愿者库容量', '增加', '增加', null, metric('registry.stock_eop', { grows: '增加' })],
        ['service_coverage', '系统服务覆盖全省', '全覆盖', '全覆盖', null, metric('it.service_coverage')],
      ],
    ),
    ...linesOf(
      ['满意度指标', '服务对象满意度', ''],
      [
        ['donor_satisfaction', '捐献者满意度', '≥95%', '≥0%', null, metric('satisfaction.donors')],
        ['trainee_satisfaction', '培训对象满意度', '≥95%', '≥0%', null, metric('satisfaction.trainees')],
        ['user_satisfaction', '系统使用对象满意度', '≥95%', '≥0%', null, metric('satisfaction.system_users')],
      ],
    ),
  ],
  targetsFrom: label(
    '表式自带的半年、全年指标值取自已公布的 2024 年目标表',
    'The targets that come with the form are those of a published table of 2024',
  ),
  assumptions: [
    label(
      '指标名称取自已公布的 2024 年目标表；二级指标和重点工作的文字有删减，部分层级由版面推断。',
      'Names are those of a published table of 2024. Some tiers were shortened or inferred from the layout.',
    ),
    label(
      '公布的表只印指标值；完成值、偏差、来源和原因各栏，以及资金表的来源分类，是为监控和自评加的。',
      'The published table prints targets only; the columns of actuals, deviation, source and cause, and the kinds of income, were added.',
    ),
    label(
      '“捐献志愿者联谊活动”取志愿服务活动的场数，一场记一次；台账不区分培训班的主题，“举办业务培训班”取全部培训班，器官捐献的“举办业务培训班场次”另行填报。',
      'The volunteers’ get-togethers count volunteer events, one each. The ledger does not tell courses by subject: the first line counts all, that of organ donation is typed in.',
    ),
    label(
      '“增加登记志愿者库容量”按期末库容大于上年末判断。',
      'The stock is said to have grown when it is larger than at the end of the year before.',
    ),
  ],
};
