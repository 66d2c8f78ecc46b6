import { label } from '../../catalogue/label';
import type { FormDefinition } from '../forms';
import { common } from './common-lines';
import { linesOf, metric, reported } from './line-rows';

/** The self-evaluation of a city Red Cross in the style of Suzhou: budget, key tasks, and lines that name their source. */
export const SUZHOU_FORM: FormDefinition = {
  code: 'suzhou',
  version: 1,
  since: '2023',
  title: label('部门整体绩效自评价表', 'self-evaluation of a city Red Cross'),
  scope: 'unit',
  pack: 'suzhou',
  tiers: ['类别', '指标名称'],
  columns: [
    { key: 'target', heading: '指标目标值' },
    { key: 'actual', heading: '指标完成值' },
    { key: 'source', heading: '完成值来源' },
    { key: 'deviation', heading: '偏差情况' },
    { key: 'cause', heading: '原因分析' },
  ],
  budget: {
    title: '预算信息',
    tier: null,
    weight: null,
    basis: 'adjusted',
    columns: [
      { key: 'initial', heading: '年初预算数' },
      { key: 'adjustment', heading: '上年结转及追加追减数' },
      { key: 'adjusted', heading: '调整预算数' },
      { key: 'executed', heading: '实际支出数' },
      { key: 'rate', heading: '执行率' },
    ],
    rows: [
      { code: 'total', group: null, name: '预算总金额', partOf: null },
      { code: 'basic', group: null, name: '基本支出', partOf: 'total' },
      { code: 'project', group: null, name: '项目支出', partOf: 'total' },
    ],
    ownRows: 'project',
  },
  keyTasks: [
    {
      code: 'donor_day',
      duty: '宣传推动无偿献血和造血干细胞、遗体器官捐献',
      task: '捐献者日志愿者活动',
      completion:
        '开展捐献者日活动{donor_day}；新增入库{registry.enrolled}，实现捐献{donation.completed}，回访{retention.revisited}。',
    },
    {
      code: 'blood',
      duty: '宣传推动无偿献血和造血干细胞、遗体器官捐献',
      task: '宣传无偿献血',
      completion: '开展献血宣传项目{blood_projects}、宣传活动{outreach.blood_events}。',
    },
    {
      code: 'first_aid',
      duty: '组织会员和志愿者开展社区服务、救助和公益活动，普及初级救护',
      task: '应急救护培训',
      completion: '培训救护员{first_aiders}，各类培训共{training.total}，其中持证类{training.certified}。',
    },
    {
      code: 'homes',
      duty: '组织会员和志愿者开展社区服务、救助和公益活动，普及初级救护',
      task: '博爱家园建设',
      completion: '新建{homes_new}，评选优秀{homes_awarded}；人道服务项目{community.service_projects}。',
    },
    {
      code: 'rescue',
      duty: '备灾救灾，救助受灾和伤病人员，参加灾后重建和国际人道救援',
      task: '应急救援队训练和演练',
      completion: '综合演练{rescue_drills}，技能培训{rescue.trainings}，安全保障服务{rescue.safety_services}。',
    },
    {
      code: 'publicity',
      duty: '宣传贯彻红十字会法和有关规定，制定全市红十字事业发展规划',
      task: '红十字日、急救日宣传',
      completion:
        '线上宣传活动{online_events}，公众号发布文章{outreach.wechat_articles}、阅读{outreach.wechat_reads}。',
    },
  ],
  goal: null,
  lines: [
    ...linesOf(
      ['决策'],
      [
        common('plan_work_sound', '健全', null, '部门预算公开'),
        common('plan_longterm_sound', '健全', null, '部门预算公开'),
        common('goal_reasonable', '合理', null, '部门预算公开'),
        common('indicator_clear', '明确', null, '部门预算公开'),
        common('budget_standardised', '规范', null, '部门预算公开'),
        common('budget_scientific', '科学', null, '部门预算公开'),
      ],
    ),
    ...linesOf(
      ['过程'],
      [
        common('disclosure', '公开', null, '预决算公开平台'),
        common('performance_coverage_rate', '=100%', null, '部门预算公开'),
        common('funds_compliant', '合规', null, '部门预算公开'),
        common('base_info_complete', '完善', null, '部门预算公开'),
        common('nontax_compliant', '合规', null, '部门预算公开'),
        common('budget_rules_sound', '健全', null, '部门预算公开'),
        common('asset_rules_sound', '健全', null, '固定资产年终盘点'),
        common('asset_standardised', '规范', null, '固定资产年终盘点'),
        common('asset_utilisation_rate', '=100%', null, '固定资产年终盘点'),
        common('project_rules_sound', '健全', null, '部门决算'),
        common('project_rules_followed', '规范', null, '部门决算'),
        common('staff_rules_effective', '有效', null, '部门决算'),
        common('staff_rules_sound', '健全', null, '部门决算'),
        common('staff_control_rate', '=100%', null, '部门决算'),
        common('org_building_timely_rate', '=100%', null, '部门决算'),
        common('discipline_effective', '有效', null, '部门决算'),
        common('training_timely_rate', '=100%', null, '部门决算'),
        common('public_expense_control_rate', '<=100%', null, '部门决算'),
        common('procurement_execution_rate', '=100%', null, '部门决算'),
        common('payment_progress_conformity', '=100%', null, '部门决算'),
        common('budget_execution_rate', '=100%', null, '部门决算'),
        common('carryover_rate', '=0%', null, '部门决算'),
        common('budget_adjustment_rate', '=0%', null, '部门决算'),
        common('three_public_change_rate', '<=0%', null, '部门决算'),
        common('budget_deviation_rate', '=0%', null, '部门决算'),
        common('nontax_completion_rate', '>=100%', null, '部门决算'),
      ],
    ),
    ...linesOf(
      ['效益'],
      [
        [
          'community_service',
          '支持博爱家园建设，基层社区群众广泛开展人道服务。',
          '较好',
          null,
          null,
          reported('部门总结'),
        ],
        ['first_aid_spread', '有力推动社会公众救护知识、技能普及', '较好', null, null, reported('部门总结')],
        [
          'sustained_growth',
          '增强红会三救三献业务工作能力，保障单位的持续健康发展',
          '持续健康发展',
          null,
          null,
          reported('部门总结'),
        ],
      ],
    ),
    ...linesOf(
      ['满意度'],
      [
        [
          'trainee_satisfaction',
          '公益性救护培训人员满意度',
          '>=90%',
          null,
          null,
          metric('satisfaction.trainees'),
          '部门总结',
        ],
        [
          'beneficiary_satisfaction',
          '支持博爱家园建设，服务对象满意度',
          '>=85%',
          null,
          null,
          metric('satisfaction.beneficiaries'),
          '部门总结',
        ],
      ],
    ),
    ...linesOf(
      ['履职'],
      [
        ['wechat', '维护微信公众号', '=1个', null, null, metric('outreach.wechat_accounts'), '部门总结'],
        ['blood_projects', '开展无偿献血宣传项目', '=1个', null, null, metric('outreach.blood_projects'), '部门总结'],
        ['homes_awarded', '评选优秀博爱家园', '=8个', null, null, metric('community.homes_awarded'), '部门总结'],
        ['online_events', '开展线上宣传活动', '=2次', null, null, metric('outreach.online_events'), '部门总结'],
        [
          'donor_day',
          '开展骨髓捐献者日志愿者相关活动',
          '=1次',
          null,
          null,
          metric('outreach.donor_day_events'),
          '部门总结',
        ],
        ['homes_new', '新建博爱家园', '=10个', null, null, metric('community.homes_new'), '部门总结'],
        ['first_aiders', '培训初级救护员', '>=5000人', null, null, metric('training.first_aiders'), '部门总结'],
        [
          'rescue_drills',
          '红十字应急救援队综合演练',
          '=2次',
          null,
          null,
          metric('rescue.comprehensive_drills'),
          '部门总结',
        ],
      ],
    ),
  ],
  targetsFrom: label(
    '表式自带的目标值取自已公布的 2023 年自评表',
    'The targets that come with the form are those of a published self-evaluation of 2023',
  ),
  assumptions: [
    label(
      '指标名称取自已公布的 2023 年自评表；主要职责和任务名称有删减。',
      'Names are those of a published self-evaluation of 2023. Duties and tasks were shortened.',
    ),
    label(
      '执行率以调整预算数为分母；“预算调整率”等比率按台账的口径计算，与已公布数的算法不一定相同：预算调整率除以年初预算数，已公布的 8.61% 是除以调整预算数，可在口径设置中改选。',
      'The execution divides by the adjusted budget; the rates among the lines follow the ledger’s definitions, which the published figures may not: the adjustment rate divides by the initial budget, the published 8.61% by the adjusted one, which is a setting.',
    ),
  ],
};
