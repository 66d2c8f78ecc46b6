import { printActual } from '../assessment/fill';
import type { FilledForm, FilledLine, Stage } from '../assessment/filled-form';
import { stageWord } from '../assessment/stage-title';
import { titleOf, nameOfPeriod, type AssessmentHead } from './assessment-head';
import { attachmentsOf } from './attachments';
import { narrative } from './narrative';
import { REPORT_PARTS, type Paragraph, type ReportPart } from './narrative-run';
import { numberSources } from './report-sources';
import type { TemplateFields } from './word-template';

/** How the parts of a report are called in a template, each a list of 段 with its 句: {#质量管理}{#句}{文}{注}{/句}{/质量管理}. */
const PART_NAMES: Readonly<Record<ReportPart, string>> = {
  overview: '总体目标',
  budget: '预算执行',
  general: '一般公共预算',
  fund: '政府性基金',
  capital: '国有资本经营',
  insurance: '社会保险基金',
  management: '决策与过程',
  quality: '质量管理',
  output: '产出',
  benefit: '效益',
  satisfaction: '满意度',
  tasks: '重点任务',
  result: '自评结论',
  problems: '存在的问题',
  measures: '改进措施',
};

const SENTENCES = { 句: { 文: {}, 注: {} } };

/** A name that a template may use, and those that it may use within. */
export interface FieldNames {
  readonly [name: string]: FieldNames;
}

/** Every name that a report's template may use. */
export const REPORT_FIELD_NAMES: FieldNames = {
  标题: {},
  单位名称: {},
  期间: {},
  /** 自评 at the year's end, 监控 in July. */
  自评: {},
  /** 年度, or 半年. */
  年度: {},
  项目: { 名称: {} },
  日期: {},
  演示: { 字样: {} },
  总分: {},
  等级: {},
  ...Object.fromEntries(Object.values(PART_NAMES).map((name) => [name, SENTENCES])),
  预算: { 名称: {}, 年初: {}, 追加: {}, 全年: {}, 执行: {}, 执行率: {} },
  指标: { 一级: {}, 二级: {}, 名称: {}, 指标值: {}, 完成值: {}, 分值: {}, 得分: {}, 偏差: {}, 原因: {} },
  任务: { 职责: {}, 名称: {}, 完成情况: {} },
  附件: { 序号: {}, 名称: {} },
  来源: { 序号: {}, 说明: {} },
};

const DATE = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' });

/**
 * What a report's template is filled with; all of it is text.
 *
 * @param order the names of the template's parts as they follow each other: sources are numbered so
 */
export function reportFields(form: FilledForm, head: AssessmentHead, order: readonly string[]): TemplateFields {
  const place = ({ part }: Paragraph) => order.indexOf(PART_NAMES[part]) >>> 0;
  const paragraphs = narrative(form).toSorted((one, other) => place(one) - place(other));
  const sources = numberSources(form, paragraphs);
  const written = REPORT_PARTS.map((part): [string, TemplateFields[]] => [
    PART_NAMES[part],
    paragraphs.filter((each) => each.part === part).map((each) => ({ 句: sentencesOf(each, sources.numbers) })),
  ]);
  return {
    标题: titleOf(form, head).replace(/表$/, '报告'),
    单位名称: head.unitName,
    期间: nameOfPeriod(head.period),
    自评: stageWord(form.stage),
    年度: form.stage === 'half' ? '半年' : '年度',
    项目: form.project === '' ? [] : [{ 名称: form.project }],
    日期: DATE.format(head.printedAt),
    演示: head.demonstration ? [{ 字样: '演示数据' }] : [],
    总分: form.total === null ? '' : form.complete ? form.total : `${form.total}（尚不完整）`,
    等级: form.grade?.label ?? '',
    ...Object.fromEntries(written),
    预算: form.budget.map((row) => ({
      名称: row.name,
      年初: row.initial ?? '未填',
      追加: row.adjustment ?? '—',
      全年: row.adjusted ?? '未填',
      执行: row.executed ?? '未填',
      执行率: row.rate ?? (row.state === 'not_applicable' ? '不适用' : '未填'),
    })),
    指标: [...budgetFields(form), ...form.lines.map((line) => lineFields(line, form.stage)), ...totalFields(form)],
    任务: form.tasks.map(({ duty, task, completion }) => ({ 职责: duty, 名称: task, 完成情况: completion ?? '未填' })),
    附件: attachmentsOf(form).map(({ name }, at) => ({ 序号: String(at + 1), 名称: name })),
    来源: sources.list.map((text, at) => ({ 序号: String(at + 1), 说明: text })),
  };
}

const NO_LINE = { 一级: '', 二级: '', 名称: '', 指标值: '', 完成值: '', 分值: '', 得分: '', 偏差: '', 原因: '' };

/** The budget's execution has its points like a line; without it the lines do not add up to the total. */
function budgetFields({ budgetTable, budget: [first], total }: FilledForm): TemplateFields[] {
  if (total === null || !first || first.weight === null) return [];
  const { weight, rate, score } = first;
  const named = { 一级: budgetTable?.tier ?? '', 名称: first.name, 指标值: '—', 偏差: '—' };
  return [{ ...NO_LINE, ...named, 完成值: rate ?? '未填', 分值: weight, 得分: score ?? '未计分' }];
}

function totalFields({ total, totalWeight, complete }: FilledForm): TemplateFields[] {
  if (total === null) return [];
  return [{ ...NO_LINE, 一级: '总分', 名称: complete ? '' : '尚不完整', 分值: totalWeight ?? '—', 得分: total }];
}

function lineFields(line: FilledLine, stage: Stage): TemplateFields {
  return {
    一级: line.path[0] ?? '',
    二级: line.path.slice(1).findLast((tier) => tier !== '') ?? '',
    名称: line.name,
    指标值: line.target === '' ? '—' : line.target,
    完成值: printActual(line),
    分值: line.weight ?? '—',
    得分: line.score ?? (line.weight === null || stage === 'half' ? '—' : '未计分'),
    偏差: line.deviation ?? '—',
    原因: line.cause ?? (line.causeRequired ? '未填' : ''),
  };
}

/** A line is marked once in a paragraph, where it is last told of. */
function sentencesOf({ runs }: Paragraph, numbers: ReadonlyMap<string, number>): TemplateFields[] {
  return runs.map(({ text, cite }, at) => {
    const again = cite && runs.slice(at + 1).some((later) => later.cite?.line === cite.line);
    const number = cite && !again ? numbers.get(cite.line) : undefined;
    return { 文: text, 注: number === undefined ? '' : `[${number}]` };
  });
}
