import { WAN_YUAN, type CountedThing } from './counted-thing';
import { label } from './label';

/** The office itself: errors, systems, and what it took in and spent. */
export const OFFICE_THINGS = [
  {
    key: 'registry.sample_errors',
    kind: 'SampleError',
    label: label('血样差错', 'sample handling errors'),
    unit: '次',
  },
  {
    key: 'it.mlps_reports',
    kind: 'SecurityReport',
    label: label('等保测评及安全运维报告', 'security assessment reports'),
    unit: '篇',
  },
  { key: 'finance.income', kind: 'IncomeReceived', label: label('收入', 'income'), ...WAN_YUAN },
  { key: 'finance.executed', kind: 'BudgetExecuted', label: label('预算执行数', 'budget executed'), ...WAN_YUAN },
  { key: 'finance.basic_expenditure', kind: 'BasicSpent', label: label('基本支出', 'basic expenditure'), ...WAN_YUAN },
  {
    key: 'finance.project_expenditure',
    kind: 'ProjectSpent',
    label: label('项目支出', 'project expenditure'),
    ...WAN_YUAN,
  },
  { key: 'finance.staff_expenditure', kind: 'StaffSpent', label: label('人员经费', 'staff expenditure'), ...WAN_YUAN },
  {
    key: 'finance.public_expenditure',
    kind: 'PublicSpent',
    label: label('公用经费', 'public-use expenditure'),
    ...WAN_YUAN,
  },
  {
    key: 'finance.three_public_actual',
    kind: 'ThreePublicSpent',
    label: label('“三公”经费支出', 'three public expenses'),
    ...WAN_YUAN,
  },
  {
    key: 'finance.three_public_last_year',
    kind: 'ThreePublicLastYear',
    label: label('上年“三公”经费支出', 'three public expenses of the year before'),
    ...WAN_YUAN,
  },
  {
    key: 'finance.procurement_actual',
    kind: 'ProcurementSpent',
    label: label('政府采购支出', 'procurement'),
    ...WAN_YUAN,
  },
  { key: 'finance.nontax_actual', kind: 'NontaxReceived', label: label('非税收入', 'non-tax income'), ...WAN_YUAN },
] as const satisfies readonly CountedThing[];
