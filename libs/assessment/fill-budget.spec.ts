import { BudgetFigureNotReadable, BudgetRowUnknown, fillBudget } from './fill-budget';
import type { BudgetFigures } from './filled-form';
import type { BudgetTable } from './forms';
import { HUNAN_FORM } from './forms/hunan-form';
import { JIANGSU_FORM } from './forms/jiangsu-form';
import { DEFAULT_PACK } from './packs/default-pack';

function fill(table: BudgetTable, typed: Record<string, BudgetFigures>, stage: 'year' | 'half' = 'year') {
  const rows = fillBudget(table, DEFAULT_PACK, new Map(Object.entries(typed)), stage);
  return (code: string) => rows.find((row) => row.code === code)!;
}

const HUNAN = HUNAN_FORM.budget!;
const JIANGSU = JIANGSU_FORM.budget!;

describe('a budget table', () => {
  it('scores its total alone: 10 × 129.19 ÷ 130.5 is 9.90', () => {
    const row = fill(HUNAN, {
      total: { initial: '130.5', adjusted: '130.50', executed: '129.19' },
      basic: { adjusted: '109.24', executed: '109.24' },
    });
    expect(row('total')).toMatchObject({
      ...{ adjusted: '130.5', rate: '99.00%', weight: '10', score: '9.90', causeRequired: null },
      basis: { denominator: '130.5', denominatorName: '全年预算数（调整后）' },
    });
    expect(row('basic')).toMatchObject({ rate: '100.00%', weight: null, score: null });
  });

  it('adds the adjustment to the initial budget exactly', () => {
    const row = fill(JIANGSU, { basic: { initial: '1075.37', adjustment: '101.36', executed: '1140.78' } });
    expect(row('basic')).toMatchObject({ adjusted: '1176.73', rate: '96.94%', warnings: [] });
  });

  it('divides by the initial budget where the form says so', () => {
    const row = fill({ ...JIANGSU, basis: 'initial' }, { basic: { initial: '100', adjustment: '50', executed: '75' } });
    expect(row('basic')).toMatchObject({
      rate: '75.00%',
      basis: { denominator: '100', denominatorName: '年初预算数' },
    });
  });

  it('adds up a total that was left out only when every part is there', () => {
    const parts = { basic: { adjusted: '0.1', executed: '0.1' }, project: { adjusted: '0.2', executed: '0.1' } };
    expect(fill(JIANGSU, parts)('total')).toMatchObject({ adjusted: '0.3', executed: '0.2', rate: '66.67%' });
    expect(fill(JIANGSU, { basic: parts.basic })('total')).toMatchObject({ state: 'missing', adjusted: null });
  });

  it('warns when a total is not the sum of its parts, of each way of dividing it', () => {
    const row = fill(HUNAN, {
      total: { adjusted: '130.5', executed: '129.19' },
      general: { adjusted: '130.5' },
      basic: { adjusted: '110', executed: '109.24' },
      project: { adjusted: '20.4', executed: '19.95' },
    });
    expect(row('total').warnings.map(({ zh }) => zh)).toEqual([
      '“年度资金总额”的调整预算数 130.5 与各项（按支出性质分）之和 130.4 不一致，相差 0.1。',
    ]);
  });

  it('warns when initial and adjustment do not make the adjusted budget, and when more was spent', () => {
    const row = fill(JIANGSU, { basic: { initial: '100', adjustment: '10', adjusted: '120', executed: '121' } });
    expect(row('basic').warnings.map(({ zh }) => zh)).toEqual([
      '“基本支出”的调整预算数 120 应为 100 + 10 = 110。',
      '“基本支出”的执行数 121 大于全年预算数（调整后） 120，请核对。',
    ]);
  });

  it('warns of the residue that a program left in an amount', () => {
    const row = fill(HUNAN, { total: { adjusted: '1176.7299999999998', executed: '1140.78' } });
    expect(row('total').warnings[0]!.zh).toContain('尾差');
  });

  it('asks for the cause of a low execution at the year’s end, and neither scores nor asks in July', () => {
    const typed = { total: { adjusted: '100', executed: '40', cause: '下半年支付' } };
    expect(fill(HUNAN, typed)('total')).toMatchObject({
      ...{ score: '4.00', cause: '下半年支付', causeRequired: { zh: '预算执行率低于 90%' } },
    });
    expect(fill(HUNAN, typed, 'half')('total')).toMatchObject({ rate: '40.00%', score: null, causeRequired: null });
  });

  it('puts the office’s own rows under the row that takes them', () => {
    const typed = { 'own:1': { name: '信息系统运维', adjusted: '20', executed: '20' }, project: { adjusted: '20' } };
    const rows = fillBudget(JIANGSU, DEFAULT_PACK, new Map(Object.entries(typed)), 'year');
    expect(rows.map(({ code }) => code).slice(-2)).toEqual(['project', 'own:1']);
    expect(rows.at(-1)).toMatchObject({ own: true, name: '信息系统运维', partOf: 'project', rate: '100.00%' });
  });

  it('refuses an unknown row, a row of its own without a name, and an amount with its unit', () => {
    expect(() => fill(HUNAN, { extra: { name: '其他', adjusted: '1' } })).toThrow(BudgetRowUnknown);
    expect(() => fill(JIANGSU, { 'own:1': { adjusted: '1' } })).toThrow(BudgetRowUnknown);
    expect(() => fill(HUNAN, { total: { adjusted: '130.5万元' } })).toThrow(BudgetFigureNotReadable);
  });
});
