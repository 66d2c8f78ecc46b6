import { filledOf, formOf } from '../support/filled-forms';
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
    expect(said(narrative(HUNAN), 'capital')).toBe('国有资本经营预算的数据没有填。');
  });

  it('tells a budget that was all 0 as none', () => {
    expect(said(narrative(HUNAN), 'fund')).toBe('本年度没有政府性基金预算收支（预算数、执行数均为0万元）。');
    expect(said(narrative(HUNAN), 'budget')).toContain('执行129.19万元，执行率99.00%（执行数÷全年预算数）');
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

  it('says that a typed actual is typed, and what the ledger says', () => {
    const typed = new Map([['donations', { actual: '140', reason: '含外省代采 4 例' }]]);
    const told = narrative(filledOf(formOf('hunan'), { typed }));
    expect(said(told, 'output')).toContain('捐献例数140例（系填报数，台账为136例）');
    const run = told.flatMap(({ runs }) => runs).find(({ text }) => text === '140例');
    expect(run?.cite).toMatchObject({ line: 'donations', key: null });
  });
});
