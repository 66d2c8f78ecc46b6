import { printActual } from '../assessment/fill';
import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { findForm } from '../assessment/forms/shipped-forms';
import { partToldOtherwise } from '../assessment/told-otherwise';
import { INDICATORS } from '../catalogue/indicators';
import { METRICS } from '../catalogue/metrics';
import { STAGES } from '../catalogue/stages';
import { decimal } from '../core/decimal';
import { printQuantity } from '../core/target-text';
import { nameOfPeriod } from './assessment-head';
import { budgetWords, ofBudgetRow } from './narrative-budget';
import { measuresOf, problemsOf } from './narrative-problems';
import { Cites, joined, paragraph, spokenName, type Paragraph, type ReportPart, type Words } from './narrative-run';

/**
 * The report in words, from the filled form: each number is a run that cites its line. What is missing is told as
 * missing; what is said about it, the office alone can know, and is left to its template.
 */
export function narrative(form: FilledForm): Paragraph[] {
  const cites = new Cites(form);
  return [
    ...overview(form, cites),
    ...budgetWords(form, cites).map((words) => paragraph('budget', words)),
    paragraph('general', ofBudgetRow(form, cites, 'general', '一般公共预算')),
    paragraph('fund', ofBudgetRow(form, cites, 'fund', '政府性基金预算')),
    paragraph('capital', ofBudgetRow(form, cites, 'capital', '国有资本经营预算')),
    paragraph('insurance', ofBudgetRow(form, cites, 'insurance', '社会保险基金预算')),
    ...about(form, cites, 'management'),
    ...quality(form, cites),
    ...about(form, cites, 'output'),
    ...about(form, cites, 'benefit'),
    ...about(form, cites, 'satisfaction'),
    ...form.tasks.map((task) => paragraph('tasks', [`${task.task}：${task.completion ?? '完成情况未填。'}`])),
    ...result(form, cites),
    ...problemsOf(form, cites).map((words) => paragraph('problems', words)),
    ...measuresOf(form).map((words) => paragraph('measures', words)),
  ];
}

/** What a line's tiers make it a matter of. */
export function partOf({ path }: FilledLine): ReportPart {
  const tiers = path.join('/');
  if (/满意/.test(tiers)) return 'satisfaction';
  if (/质量/.test(tiers)) return 'quality';
  if (/效益|可持续/.test(tiers)) return 'benefit';
  return /决策|过程|管理/.test(path[0] ?? '') ? 'management' : 'output';
}

function overview(form: FilledForm, cites: Cites): Paragraph[] {
  const goal = findForm(form.form.code)?.goal ?? null;
  if (goal === null || form.goal === null) return [];
  const period = nameOfPeriod(form.period ?? '');
  return [
    paragraph('overview', [`${period}的总体目标是：`, ...goalWords(goal, form, cites, (line) => line.target)]),
    paragraph('overview', ['实际完成情况：', ...goalWords(goal, form, cites, printActual)]),
  ];
}

function goalWords(goal: string, { lines }: FilledForm, cites: Cites, print: (line: FilledLine) => string): Words {
  return goal.split(/(\{\w+\})/).map((piece) => {
    const line = lines.find(({ code }) => piece === `{${code}}`);
    if (!line) return piece;
    return line.actual === null || print !== printActual
      ? cites.ofLine(line, print(line))
      : cites.figure(line, print(line));
  });
}

/** Rates with what they are made of: 初筛 10008 人次，其中初筛同意 4877 人次，初筛成功率 48.73%. */
function quality(form: FilledForm, cites: Cites): Paragraph[] {
  const lines = form.lines.filter((line) => partOf(line) === 'quality');
  if (lines.length === 0) return [];
  return [paragraph('quality', [...linesWords(lines, form, cites), ...rises(lines)])];
}

/** A stage above what the one before it came to is not left without a word (R19). */
function rises(lines: readonly FilledLine[]): string[] {
  return STAGES.flatMap((stage, at) => {
    const entered = lines.find(({ source }) => source.key === stage.rate)?.denominator;
    const passed = lines.find(({ source }) => source.key === STAGES[at - 1]?.rate)?.numerator;
    if (!stage.rate || !entered || !passed || !decimal(entered).gt(decimal(passed))) return [];
    const [now, before] = [stage, STAGES[at - 1]!].map(({ label }) => label.zh);
    return [`${now}多于${before}的成功数，是因为各环节按本期发生数统计，请求会跨年度；逐项衔接见转化分析。`];
  });
}

/** One paragraph for each group of lines. */
function about(form: FilledForm, cites: Cites, part: ReportPart): Paragraph[] {
  const groups = new Map<string, FilledLine[]>();
  for (const line of form.lines.filter((each) => partOf(each) === part)) {
    const group = line.path.findLast((tier) => tier !== '') ?? '';
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return [...groups].map(([group, lines]) => {
    const begins = group === '' ? [] : [`${group}：`];
    return paragraph(part, [...begins, ...linesWords(lines, form, cites)]);
  });
}

/** What is known of each, then which are not known. */
function linesWords(lines: readonly FilledLine[], form: FilledForm, cites: Cites): Words {
  const missing = lines.filter(({ state }) => state === 'missing').map(spokenName);
  const told = lines.filter(({ state }) => state !== 'missing').map((line) => lineWords(line, lines, form, cites));
  return [
    ...joined(told, '；'),
    ...(told.length === 0 ? [] : ['。']),
    ...(missing.length === 0 ? [] : [`${missing.join('、')}没有完成值。`]),
  ];
}

function lineWords(line: FilledLine, beside: readonly FilledLine[], form: FilledForm, cites: Cites): Words {
  return [...partsWords(line, beside, form, cites), ...actualWords(line, cites), ...verdict(line, cites)];
}

/**
 * What a rate is made of. Not where the form tells a part otherwise, for the report has one value for one name; and not
 * again what the lines beside it say.
 */
function partsWords(line: FilledLine, beside: readonly FilledLine[], form: FilledForm, cites: Cites): Words {
  const { source, numerator, denominator } = line;
  const rate = INDICATORS.find(({ key }) => key === source.key);
  if (!rate || !source.parts || numerator === null || denominator === null) return [];
  if (partToldOtherwise(line, form.lines)) return [];
  const said = ({ key, label }: { key: string; label: string }): boolean =>
    beside.some((other) => other.source.key === key || spokenName(other) === label);
  const parts = [
    { part: 'denominator', label: source.parts.denominator, value: denominator, key: rate.denominator },
    { part: 'numerator', label: source.parts.numerator, value: numerator, key: rate.numerator },
  ] as const;
  return parts
    .filter((one) => !said(one))
    .flatMap(({ part, label, value, key }): Words => [
      label,
      cites.figure(line, printQuantity(value, unitOf(key)), part),
      '，',
    ]);
}

function unitOf(metric: string): string {
  return METRICS.find(({ key }) => key === metric)?.unit ?? '';
}

function actualWords(line: FilledLine, cites: Cites): Words {
  if (line.actual === null) return [`${spokenName(line)}不适用`];
  if (line.operator === 'label') return [`${spokenName(line)}为“${line.actual}”`];
  return [spokenName(line), cites.figure(line, printActual(line))];
}

/** What the ledger says of a typed actual stands with its reason among the sources. */
function verdict(line: FilledLine, cites: Cites): Words {
  const typed = line.typed !== null && line.computed !== null && line.operator !== 'label' ? ['系填报数'] : [];
  return bracketed([typed, targetWords(line, cites)].filter((words) => words.length > 0));
}

function targetWords(line: FilledLine, cites: Cites): Words {
  if (line.target === '') return line.actual === null ? [] : ['未设指标值'];
  const target = cites.ofLine(line, line.operator === 'label' ? `“${line.target}”` : line.target);
  const told = ['指标值', target];
  return line.targetMet === null ? told : [...told, line.targetMet ? '，完成' : '，未完成'];
}

function bracketed(told: readonly Words[]): Words {
  return told.length === 0 ? [] : ['（', ...joined(told, '，'), '）'];
}

function result(form: FilledForm, cites: Cites): Paragraph[] {
  const { stage, total, totalWeight, scoredWeight, grade, incompleteBecause, declared } = form;
  if (totalWeight === null) return [];
  if (stage === 'half') return [paragraph('result', ['上半年只对照半年指标值监控，不计分，不评等级。'])];
  if (total === null) return [];
  if (incompleteBecause) {
    const scored = ['已计分各项分值共', cites.total(`${scoredWeight}分`), '，得', cites.total(`${total}分`), '。'];
    return [paragraph('result', [...scored, cites.total(incompleteBecause.zh)])];
  }
  const marks = ['自评总分', cites.total(`${total}分`), '（满分', cites.total(`${totalWeight}分`), '）'];
  const differs = declared?.differs ? [cites.total(declared.differs.zh)] : [];
  return [paragraph('result', [...marks, grade ? `，评价等级为${grade.label}。` : '。', ...differs])];
}
