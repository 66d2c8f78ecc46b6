import { Workbook } from 'exceljs';
import type { FilledForm, FilledValue, TypedLine } from '../../libs/assessment/filled-form';
import { numberSources } from '../../libs/reports/report-sources';
import { figuresOf2024, filledOf, formOf, UNIT } from '../support/filled-forms';
import { assessmentWorkbook } from '../../libs/reports/assessment-workbook';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import { narrative } from '../../libs/reports/narrative';
import { splitCause } from '../../libs/reports/narrative-problems';
import type { Paragraph, ReportPart } from '../../libs/reports/narrative-run';

const HUNAN = filledOf(formOf('hunan'));

function said(paragraphs: readonly Paragraph[], part: ReportPart): string {
  return paragraphs
    .filter((each) => each.part === part)
    .map(({ runs }) => runs.map(({ text }) => text).join(''))
    .join('\n');
}

describe('the report in words', () => {
  it('tells each rate with its denominator and numerator', () => {
    const quality = said(narrative(HUNAN), 'quality');
    expect(quality).toContain('初筛10008人次，初筛同意4877人次，初筛成功率48.73%');
    expect(quality).toContain('体检231人次，实际体检完成181人次，体检成功率78.35%');
  });

  it.each(FORMS.map(({ code }) => code))('of the form %s has no number that cites no line', (code) => {
    const form = filledOf(formOf(code));
    const codes = new Set([
      'total',
      ...form.lines.map((line) => line.code),
      ...form.budget.map((row) => `budget:${row.code}`),
    ]);
    for (const { part, runs } of narrative(form)) {
      for (const { text, cite } of runs) {
        if (cite) expect(codes).toContain(cite.line);
        // What an office wrote itself, and the name of the period, are no figures.
        else if (part !== 'tasks') expect(text.replace('2024年度', '')).not.toMatch(/\d/);
      }
    }
  });

  it('cites a figure by its key, org and period, and a part of a rate by which part it is', () => {
    const runs = narrative(HUNAN).flatMap(({ part, runs: all }) => (part === 'quality' ? all : []));
    const place = { line: 'screen_rate', key: 'rate.screen_agree', org: '43', period: '2024' };
    expect(runs.slice(0, 6).filter(({ cite }) => cite)).toEqual([
      { text: '10008人次', cite: { ...place, part: 'denominator' } },
      { text: '4877人次', cite: { ...place, part: 'numerator' } },
      { text: '48.73%', cite: place },
    ]);
  });

  it('tells what is missing as missing, never as 0', () => {
    const output = said(narrative(filledOf(formOf('hunan'), { values: new Map() })), 'output');
    expect(output).toContain('招募人数、中转血样、初筛');
    expect(output).toContain('没有完成值');
    expect(output).not.toMatch(/\d/);
    const unbudgeted = narrative(filledOf(formOf('hunan'), { budget: new Map() }));
    expect(said(unbudgeted, 'fund')).toBe('政府性基金预算的数据没有填。');
    expect(said(unbudgeted, 'capital')).toBe('自评表不分列国有资本经营预算。');
    expect(said(narrative(filledOf(formOf('suzhou'))), 'general')).toBe('自评表不分列一般公共预算。');
  });

  it('tells a budget that was all 0 as none', () => {
    expect(said(narrative(HUNAN), 'fund')).toBe('本年度没有政府性基金预算收支（预算数、执行数均为0万元）。');
    expect(said(narrative(HUNAN), 'budget')).toContain('执行129.19万元，执行率99.00%（执行数÷全年预算数）');
  });

  it('tells of the adjusted budget what was added or taken, and nothing where nothing was', () => {
    const of = (adjustment: string) =>
      said(
        narrative(
          filledOf(formOf('suzhou'), { budget: new Map([['total', { initial: '100', adjustment, executed: '50' }]]) }),
        ),
        'budget',
      );
    expect(of('-20.25')).toContain('年初预算100万元，追减20.25万元，全年预算79.75万元');
    expect(of('3')).toContain('追加3万元');
    expect(of('0')).toContain('年初预算100万元，全年预算100万元');
  });

  it('tells a figure once where the line beside it says the same', () => {
    const values = new Map([
      ...figuresOf2024(),
      [
        'rate.revisit_coverage',
        {
          ...figuresOf2024().get('rate.annual_release')!,
          key: 'rate.revisit_coverage',
          value: '94.75',
          numerator: '186594',
          denominator: '196937',
        },
      ],
    ] as const);
    const benefit = said(narrative(filledOf(formOf('hunan'), { values })), 'benefit');
    expect(benefit).toContain(
      '可持续影响指标：库容196937人份（指标值≥190000人份，完成）；入库回访186594人份，回访覆盖率94.75%',
    );
  });

  it('says of a half-year that nothing is scored, and of an incomplete total once that it is', () => {
    const half = filledOf(formOf('hunan'), { stage: 'half', period: '2024-H1' });
    expect(said(narrative(half), 'result')).toBe('上半年只对照半年指标值监控，不计分，不评等级。');
    const open = said(narrative(filledOf(formOf('hunan'))), 'result');
    expect(open).toMatch(/^已计分各项分值共\d+分，得[\d.]+分。有 \d+ 项未计分（.*），总分不完整，不评等级。$/);
  });

  it('takes problems and measures from what was written beside the lines', () => {
    const told = narrative(HUNAN);
    expect(said(told, 'problems')).toContain(
      '初筛成功率完成48.73%，指标值≥50%，偏差-2.54%。原因：部分志愿者未能及时联系上。',
    );
    expect(said(told, 'problems')).toMatch(/以下指标没有完成值：.*捐献者满意度。原因：部分志愿者未能及时联系上。/);
    expect(said(told, 'measures')).toMatch(/^初筛成功率、.*：半年内完成一轮核对。$/);
    const typed = new Map([['screen_rate', { cause: '需求减少' }]]);
    const open = narrative(filledOf(formOf('hunan'), { typed }));
    expect(said(open, 'problems')).toContain('原因：需求减少。');
    expect(said(open, 'measures').split('\n').at(-1)).toBe('下列指标的改进措施尚未填写：初筛成功率。');
  });

  it('says which part of a typed text is the cause, and which the measure', () => {
    expect(splitCause('原因：甲；改进措施：乙')).toEqual({ cause: '甲；', measure: '乙' });
    expect(splitCause('甲。下一步加强回访。')).toEqual({ cause: '甲。', measure: '下一步加强回访。' });
    expect(splitCause('甲。下一步措施：乙')).toEqual({ cause: '甲。', measure: '乙' });
    expect(splitCause('甲')).toEqual({ cause: '甲', measure: null });
    expect(splitCause(' ')).toEqual({ cause: null, measure: null });
  });

  it('says that a typed actual is typed, and leaves what the ledger says to its source', () => {
    const typed = new Map([['donations', { actual: '140', reason: '含外省代采 4 例' }]]);
    const form = filledOf(formOf('hunan'), { typed });
    const told = narrative(form);
    expect(said(told, 'output')).toContain('捐献例数140例（系填报数，指标值≥120例，完成）');
    const run = told.flatMap(({ runs }) => runs).find(({ text }) => text === '140例');
    expect(run?.cite).toMatchObject({ line: 'donations', key: null });
    expect(numberSources(form, told).list).toContainEqual(
      expect.stringMatching(/^捐献例数：.*填报数140例，台账数136例，理由：含外省代采 4 例。$/),
    );
  });

  it('has one value for one name, whatever was typed beside the ledger', () => {
    const typed = new Map([
      ['screened', { actual: '10020', reason: '补计 12 人次' }],
      ['donations', { actual: '140', reason: '含外省代采 4 例' }],
    ]);
    const form = filledOf(formOf('hunan'), { typed });
    const told = narrative(form)
      .flatMap(({ runs }) => runs.map(({ text }) => text))
      .join('');
    expect(told).toContain('初筛10020人次');
    expect(told).not.toMatch(/10008|136例/);
    // The other rates keep their parts, and the one that does not follow says so to who typed.
    expect(told).toContain('体检231人次，实际体检完成181人次，体检成功率78.35%');
    const warned = form.lines.filter(({ warnings }) => warnings.some(({ zh }) => zh.includes('仍按台账的')));
    expect(warned.map(({ code }) => code)).toEqual(['screen_rate', 'release']);
    expect(warned[0]?.warnings.at(-1)?.zh).toBe(
      '“初筛”另填了 10020，本率仍按台账的 10008 计算：请在本行填报相应的比率，或说明不改的理由',
    );
    const asked = ({ lines }: FilledForm) =>
      lines.flatMap(({ code, reasonRequired }) => (reasonRequired ? [code] : []));
    expect(asked(form)).toEqual(['screen_rate', 'release']);
    const answered = new Map<string, TypedLine>([
      ...typed,
      ['screen_rate', { actual: '48.67', reason: '随初筛改' }],
      ['release', { reason: '代采的不计入出库' }],
    ]);
    const explained = filledOf(formOf('hunan'), { typed: answered });
    expect(asked(explained)).toEqual([]);
    expect(numberSources(explained, narrative(explained)).list).toContainEqual(
      expect.stringMatching(/^年度出库率：.*；理由：代采的不计入出库。$/),
    );
  });

  it('says in the table and on its sources why a rate stays where its parts were typed', async () => {
    const typed = new Map<string, TypedLine>([
      ['donations', { actual: '140', reason: '含外省代采 4 例' }],
      ['release', { reason: '代采的不计入出库' }],
    ]);
    const head = { unitName: UNIT, period: '2024', demonstration: true, printedAt: new Date('2025-01-10T01:30:00Z') };
    const workbook = new Workbook();
    const bytes = await assessmentWorkbook(filledOf(formOf('hunan'), { typed }), head);
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const reasons = workbook.worksheets.map((sheet) =>
      sheet
        .getSheetValues()
        .flatMap((row) => (JSON.stringify(row ?? []).includes('"年度出库率"') ? [JSON.stringify(row)] : [])),
    );
    expect(reasons).toEqual([
      [expect.stringContaining('；理由：代采的不计入出库"')],
      [expect.stringContaining('理由：代采的不计入出库"')],
    ]);
  });

  it('tells a task by what was typed on the line of its figure', () => {
    const typed = new Map([['first_aiders', { actual: '6000', reason: '含委托培训' }]]);
    const suzhou = formOf('suzhou');
    const [task] = suzhou.keyTasks;
    const definition = { ...suzhou, keyTasks: [{ ...task!, completion: '培训{training.first_aiders}。' }] };
    const values = new Map([...figuresOf2024(), ['training.first_aiders', reported('5600')] as const]);
    expect(filledOf(definition, { typed, values }).tasks[0]?.completion).toBe('培训6000人。');
    values.delete('training.first_aiders');
    expect(filledOf(definition, { typed, values }).tasks[0]?.completion).toBe('培训6000人。');
  });
});

function reported(value: string): FilledValue {
  const nothing = { numerator: null, denominator: null, position: '77', computedAt: null };
  return { key: 'training.first_aiders', state: 'value', value, unit: '人', version: 1, ...nothing };
}
