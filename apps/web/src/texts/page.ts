import { say } from './say';

export const PAGE_TEXTS = {
  product: say('髓缘台账', 'Marrow Ledger'),
  demonstration: say('演示数据', 'Demonstration data'),
  demonstrationHint: say(
    '演示用的虚构记录，不是真实业务',
    'Made-up records for demonstration; not a real registry’s work',
  ),
  loading: say('正在读取', 'Loading'),
  failed: say('没有读到数据', 'The figures could not be read'),
  reload: say('刷新页面', 'Reload'),
  retry: say('重试', 'Try again'),
  unreachable: say(
    '连不上服务。请确认程序正在运行、网络通畅，然后重试。',
    'The server cannot be reached. See that it runs and that the network works, then try again.',
  ),
  faulty: say('页面出了意外，请刷新后重试。', 'Something went wrong in the page; reload it and try again.'),
  noRegistryTitle: say('还没有资料库', 'There is no registry yet'),
  noRegistryText: say(
    '先载入一个演示年度看看：在程序所在的文件夹运行下面这一行，页面随后自动出现数据。',
    'Load a demonstration year to look around: run this line in the program’s folder, and the page fills by itself.',
  ),
  emptyTitle: say('还没有任何记录', 'Nothing is logged yet'),
  emptyText: say(
    '点“登记”记下第一条，或用下面这一行从表格导入；登记之后，各项数字会自己出现。',
    'Log the first entry, or import a table with the line below; the figures then appear by themselves.',
  ),
  importExample: say('import 记录.csv', 'import entries.csv'),
  emptyPeriod: say(
    '{period}没有任何记录。可以换一个期间，或登记第一条。',
    'Nothing is logged for {period}. Choose another period, or log the first entry.',
  ),
  parts: say('页面', 'Pages'),
  tabFunnel: say('转化', 'Conversion'),
  tabAssessment: say('自评表', 'Self-assessment'),
  computedAt: say('数据截至 {at}', 'Computed {at}'),
  addingUp: say('正在汇总，{count} 处待更新', 'Adding up, {count} changes waiting'),
  connectionLost: say(
    '连接中断，正在重连；所示为断开前的数字',
    'Connection lost, trying again; the figures are from before',
  ),
  verifiedSound: say('{at} 复核无误', 'verified {at}'),
  verifiedDrift: say('{at} 复核：{count} 处不符，请告知管理员', 'verified {at}: {count} differ, tell an administrator'),
  verifiedWhat: say(
    '按台账重新计算：数值 {values} 个，不符 {drift} 个；月结封存 {seals} 个，不符 {sealDrift} 处',
    'Counted anew from the ledger: {values} values, {drift} differ; {seals} seals of months, {sealDrift} differ',
  ),
  position: say('已汇总至第 {position} 次登记', 'Computed up to write {position}'),
  year: say('年度', 'Year'),
  yearOf: say('{year} 年', '{year}'),
  partOfYear: say('期间', 'Part of the year'),
  wholeYear: say('全年', 'Whole year'),
  halves: say('半年', 'Half-years'),
  quarters: say('季度', 'Quarters'),
  monthsOfYear: say('月份', 'Months'),
  org: say('单位', 'Organisation'),
  ownEntries: say('本级', 'own entries'),
};
