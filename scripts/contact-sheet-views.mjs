/**
 * What is looked at: every page as the role that does most on it, its parts, and what opens on it. `press` names
 * buttons, in both languages, or selectors, pressed one after another; `full` needs data.
 */
export const VIEWS = [
  { name: 'workbench', role: 'reviewer', path: '/' },
  { name: 'workbench-list', role: 'clerk', path: '/?list=screen_unanswered', full: true },
  { name: 'overview', role: 'reviewer', path: '/?tab=funnel' },
  { name: 'overview-month', role: 'reviewer', path: '/?tab=funnel&period=2024-05&org=SF03', full: true },
  {
    name: 'overview-figure',
    role: 'reviewer',
    path: '/?tab=funnel&figure=rate.screen_agree&at=2024',
    full: true,
  },
  { name: 'analysis', role: 'reviewer', path: '/?tab=analysis' },
  { name: 'analysis-bridge', role: 'reviewer', path: '/?tab=analysis&show=bridge&stage=exam' },
  { name: 'analysis-times', role: 'reviewer', path: '/?tab=analysis&show=times' },
  { name: 'analysis-ages', role: 'reviewer', path: '/?tab=analysis&show=ages' },
  { name: 'analysis-cities', role: 'reviewer', path: '/?tab=analysis&show=cities' },
  {
    name: 'analysis-cases',
    role: 'reviewer',
    path: '/?tab=analysis',
    press: ['.analysis .scroll .figure'],
    full: true,
  },
  { name: 'indicators', role: 'officer', path: '/?tab=indicators' },
  { name: 'indicator', role: 'officer', path: '/?tab=indicators&indicator=rate.screen_agree', full: true },
  {
    ...{ name: 'indicator-target', role: 'officer', path: '/?tab=indicators&indicator=match.hr_agreed', full: true },
    press: [/^(修改目标|设定目标|Change the target|Set a target)$/],
  },
  {
    ...{ name: 'indicator-split', role: 'officer', path: '/?tab=indicators&indicator=match.hr_requested', full: true },
    press: [/^(分解到下级|Split)$/],
  },
  { name: 'sheet', role: 'clerk', path: '/?tab=sheet&day=2024-12-30' },
  { name: 'log', role: 'clerk', path: '/', press: ['.header .ant-btn-primary'] },
  { name: 'import', role: 'clerk', path: '/?tab=import' },
  { name: 'import-opened', role: 'clerk', path: '/?tab=import', file: true },
  { name: 'ledger', role: 'clerk', path: '/?tab=ledger' },
  { name: 'ledger-entry', role: 'clerk', path: '/?tab=ledger', press: ['.ledger-kind .plain-link'], full: true },
  {
    ...{ name: 'ledger-reversal', role: 'clerk', path: '/?tab=ledger', full: true },
    press: ['.ledger-rows tbody .ledger-pick input', /^(冲销所选|Reverse)/],
  },
  { name: 'cases', role: 'clerk', path: '/?tab=cases' },
  { name: 'case', role: 'clerk', path: '/?tab=cases', press: ['.case-list .plain-link'], full: true },
  { name: 'months', role: 'reviewer', path: '/?tab=months' },
  { name: 'months-closed', role: 'reviewer', path: '/?tab=months&month=2024-11', full: true },
  {
    ...{ name: 'month-reopen', role: 'reviewer', path: '/?tab=months&month=2024-11', full: true },
    press: [/^(重开|Reopen)/],
  },
  {
    name: 'month-close',
    role: 'reviewer',
    path: '/?tab=months&month=2024-12',
    press: [/^(结账 2024|Close 2024)/],
    full: true,
  },
  { name: 'assessments', role: 'officer', path: '/?tab=assessment' },
  { name: 'assessment', role: 'officer', path: '/?tab=assessment&form=hunan&period=2024' },
  { name: 'assessment-half', role: 'officer', full: true, path: '/?tab=assessment&form=hunan&period=2024-H1' },
  { name: 'assessment-projects', role: 'officer', path: '/?tab=assessment&form=hunan-project&period=2024' },
  {
    ...{ name: 'assessment-project', role: 'officer', full: true },
    path: '/?tab=assessment&form=hunan-project&period=2024&project=造血干细胞捐献工作经费',
  },
  {
    name: 'assessment-line',
    full: true,
    role: 'officer',
    path: '/?tab=assessment&form=hunan&period=2024',
    press: ['.line-open button'],
  },
  {
    name: 'assessment-budget',
    full: true,
    role: 'officer',
    path: '/?tab=assessment&form=hunan&period=2024',
    press: [/^(填写预算|Fill in the budget)$/],
  },
  {
    ...{ name: 'assessment-targets', role: 'officer', full: true, path: '/?tab=assessment&form=hunan&period=2024' },
    press: [/^(导入指标值|Take targets)$/],
  },
  {
    name: 'assessment-report',
    role: 'officer',
    full: true,
    path: '/?tab=assessment&form=hunan&period=2024&show=report',
  },
  { name: 'assessment-rules', role: 'officer', full: true, path: '/?tab=assessment&form=hunan&period=2024&show=rules' },
  {
    name: 'assessment-papers',
    role: 'officer',
    full: true,
    path: '/?tab=assessment&form=hunan&period=2024&show=papers',
  },
  { name: 'check-up', role: 'officer', path: '/?tab=check-up' },
  { name: 'check-up-result', role: 'officer', path: '/?tab=check-up', draft: true },
  { name: 'quality', role: 'clerk', path: '/?tab=quality' },
  { name: 'accounts', role: 'administrator', path: '/?tab=accounts' },
  { name: 'account-new', role: 'administrator', path: '/?tab=accounts', press: [/^(增加账号|Add an account)$/] },
  { name: 'account-own', role: 'clerk', path: '/?tab=cases', press: ['.signed-in'] },
  { name: 'orgs', role: 'administrator', path: '/?tab=orgs' },
  { name: 'org-new', role: 'administrator', path: '/?tab=orgs', press: [/^(增加下级|Add one below)/] },
  { name: 'settings', role: 'administrator', path: '/?tab=settings' },
  { name: 'setting', role: 'administrator', path: '/?tab=settings', press: [/^(改变口径|Change)/] },
  { name: 'rules', role: 'officer', path: '/?tab=rules' },
  { name: 'rules-new', role: 'officer', path: '/?tab=rules', press: [/^(照此另建|Make one from it)$/] },
  { name: 'subscriptions', role: 'administrator', path: '/?tab=subscriptions' },
  { name: 'subscription-new', role: 'administrator', path: '/?tab=subscriptions', press: [/^(新建订阅|Subscribe)$/] },
  { name: 'jobs', role: 'administrator', path: '/?tab=jobs' },
  { name: 'audit', role: 'auditor', path: '/?tab=audit' },
  { name: 'audit-act', role: 'auditor', path: '/?tab=audit&seq=1' },
  { name: 'drills', role: 'auditor', path: '/?tab=drills' },
  { name: 'tour', role: 'reviewer', path: '/?tab=funnel', press: ['.tour-button'], full: true },
  { name: 'sign-in', path: '/' },
  { name: 'set-up', setUp: true },
];

/** With mistakes of each kind that a person makes. */
export const FILE = `事项,单位,日期,数量,备注
RecruitmentRegistered,SF01,2024-12-30,12,
RecruitmentRegistered,SF99,2024-12-30,3,
RecruitmentRegistered,SF02,2024-13-01,5,
NoSuchKind,SF02,2024-12-30,5,
`;

export const DRAFT =
  '2024年，全省初筛10008人次，同意4877人次，初筛成功率48.74%；安排体检231人次，实际完成181人次，体检成功率78.35%。\n' +
  '全年支出1176.7299999999998万元，其中基本支出883.74万元、项目支出292.99万元。\n' +
  '共举办宣传活动5场：进校园、进社区、进机关、进企业。\n自评得分100分，等级为优秀。';
