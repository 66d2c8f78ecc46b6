import { fillForm, printActual, type FormInput } from './fill';
import { ReportedValueNotReadable } from './line-actual';
import type { FilledState, FilledValue, TypedLine } from './filled-form';
import { HUNAN_FORM } from './forms/hunan-form';
import { HUNAN_PACK } from './packs/hunan-pack';

function value(key: string, text: string | null, ratio?: [string, string], state?: FilledState): FilledValue {
  const [numerator, denominator] = ratio ?? [null, null];
  const found = state ?? (text === '0' ? 'zero' : 'value');
  return {
    key,
    state: found,
    value: text,
    numerator,
    denominator,
    unit: '',
    version: 1,
    position: '512',
    computedAt: null,
  };
}

const YEAR = [
  value('registry.recruited', '12000'),
  value('registry.samples_transited', '2805'),
  value('match.screen_requested', '10008'),
  value('match.remobilise_requested', '1114'),
  value('match.hr_requested', '358'),
  value('workup.exam_started', '231'),
  value('workup.exam_completed', '181'),
  value('donation.completed', '136'),
  value('retention.revisited', '186594'),
  value('rate.screen_agree', '48.7310151878497202', ['4877', '10008']),
  value('rate.remobilise_agree', '65.17', ['726', '1114']),
  value('rate.hr_agree', '61.1731843575', ['219', '358']),
  value('rate.exam_complete', '78.35', ['181', '231']),
  value('registry.samples_damaged', '0'),
  value('donation.last_minute_withdrawals', '0'),
  value('donation.donors_distinct', '135'),
  value('rate.annual_release', '6.9058', ['136', '196937']),
  value('registry.stock_eop', '196937'),
  value('rate.revisit_coverage', '94.75', ['186594', '196937']),
];

const REPORTED = new Map<string, TypedLine>([
  ['sampling_in_time', { actual: '及时', score: '4' }],
  ['public_expense', { actual: '97.7' }],
  ['satisfaction', { actual: '96' }],
]);
const BUDGET = new Map([['total', { initial: '130.5', adjusted: '130.5', executed: '129.19' }]]);

function fill(change: Partial<FormInput> = {}, replaced: FilledValue[] = []) {
  const values = new Map([...YEAR, ...replaced].map((each) => [each.key, each]));
  const filled = fillForm(HUNAN_FORM, HUNAN_PACK, {
    stage: 'year',
    values,
    typed: REPORTED,
    budget: BUDGET,
    ...change,
  });
  return { ...filled, line: (code: string) => filled.lines.find((each) => each.code === code)! };
}

describe('a form filled from a year', () => {
  it('prints every actual of the pathway, rounded once to the figure’s decimals', () => {
    const { lines } = fill();
    expect(lines.map((line) => [line.name, printActual(line)])).toEqual([
      ['招募人数', '12000人'],
      ['中转血样', '2805份'],
      ['初筛', '10008人次'],
      ['再动员', '1114人次'],
      ['高分辨', '358人次'],
      ['体检', '231人次'],
      ['实际体检完成', '181人次'],
      ['捐献例数', '136例'],
      ['入库回访', '186594人份'],
      ['初筛成功率', '48.73%'],
      ['再动员成功率', '65.17%'],
      ['高分成功率', '61.17%'],
      ['体检成功率', '78.35%'],
      ['血样损毁', '0份'],
      ['临阵悔捐', '0例'],
      ['报名采样完成及时性', '及时'],
      ['公用经费控制率', '97.7%'],
      ['捐献成功人数', '135人'],
      ['年度出库率', '万分之6.9'],
      ['库容', '196937人份'],
      ['回访覆盖率', '94.75%'],
      ['捐献者满意度', '96%'],
    ]);
  });

  it('cites the definition, its version and the position, with the parts of a rate', () => {
    expect(fill().line('screen_rate')).toMatchObject({
      target: '≥50%',
      numerator: '4877',
      denominator: '10008',
      source: {
        kind: 'indicator',
        key: 'rate.screen_agree',
        label: '初筛成功率',
        formula: '初筛同意 ÷ 初筛 × 100',
        parts: { numerator: '初筛同意', denominator: '初筛' },
        version: 1,
        position: '512',
      },
    });
    expect(fill().line('satisfaction').source).toMatchObject({
      kind: 'reported',
      key: null,
      label: '满意度调查',
      document: '满意度调查',
    });
  });

  it('asks for the cause of a missed line, and scores it in proportion', () => {
    expect(fill().line('screen_rate')).toMatchObject({
      deviation: '-2.54%',
      targetMet: false,
      causeRequired: { zh: '未完成年度指标值' },
      cause: null,
      weight: '3',
      score: '2.92',
    });
  });

  it('gives the total as the sum of the printed scores: 10 × 129.19 ÷ 130.5 is 9.90, so it is not 100', () => {
    const filled = fill();
    expect(filled.budget[0]).toMatchObject({ rate: '99.00%', score: '9.90', causeRequired: null });
    expect(filled).toMatchObject({ total: '99.82', scoredWeight: '100', complete: true, incompleteBecause: null });
    expect(filled.grade).toMatchObject({ code: 'excellent', label: '优秀' });
  });

  it('tells the year’s goal and what came of it in the same words', () => {
    const { goal } = fill();
    expect(goal!.expected).toContain('实现捐献≥120例，年度出库率≥万分之6.5');
    expect(goal!.achieved).toContain('实现捐献136例，年度出库率万分之6.9');
  });

  it('reckons met, deviation and score from what is printed', () => {
    const close = value('rate.screen_agree', '49.996', ['1', '2']);
    expect(fill({}, [close]).line('screen_rate')).toMatchObject({
      actual: '50.00',
      targetMet: true,
      deviation: '0.00%',
      score: '3.00',
    });
  });

  it('asks for the cause of a large deviation also when the target is met', () => {
    const line = fill({}, [value('donation.completed', '157')]).line('donations');
    expect(line).toMatchObject({ deviation: '30.83%', targetMet: true, overAchieved: true, score: '6.00' });
    expect(line.causeRequired?.zh).toBe('偏差超过 ±30%');
  });

  it('holds a line against the registry’s own target where one is set', () => {
    const targets = new Map([['donation.completed', { operator: 'ge', value: '150' } as const]]);
    expect(fill({ targets }).line('donations')).toMatchObject({ target: '≥150例', targetMet: false, score: '5.44' });
  });
});

describe('what is not there', () => {
  it('has no score and says why; the total is incomplete and there is no grade', () => {
    const filled = fill({ typed: new Map(), budget: new Map() });
    expect(filled.budget[0]).toMatchObject({
      state: 'missing',
      rate: null,
      score: null,
      note: { zh: '预算数或执行数未填。' },
    });
    expect(filled.line('satisfaction')).toMatchObject({
      state: 'missing',
      actual: null,
      score: null,
      causeRequired: { zh: '没有完成值' },
    });
    expect(printActual(filled.line('satisfaction'))).toBe('无记录');
    expect(filled).toMatchObject({
      total: '71.92',
      totalWeight: '100',
      scoredWeight: '72',
      complete: false,
      grade: null,
    });
    expect(filled.incompleteBecause?.zh).toContain('有 4 项未计分（预算执行率、报名采样完成及时性');
    expect(filled.incompleteBecause?.zh).not.toContain('等）');
  });

  it('names six of many that are not scored, and counts them all', () => {
    const { incompleteBecause } = fill({ values: new Map(), typed: new Map(), budget: new Map() });
    expect(incompleteBecause?.zh).toMatch(/^有 23 项未计分（([^、]+、){5}[^、]+等），/);
  });

  it('tells a missing figure from zero and from one that does not apply', () => {
    const filled = fill({}, [
      value('registry.samples_damaged', null, undefined, 'missing'),
      value('rate.hr_agree', null, ['0', '0'], 'not_applicable'),
    ]);
    expect(filled.line('samples_damaged')).toMatchObject({
      state: 'missing',
      actual: null,
      targetMet: null,
      score: null,
    });
    expect(printActual(filled.line('samples_damaged'))).toBe('无记录');
    expect(filled.line('typing_rate')).toMatchObject({ state: 'not_applicable', deviation: null, score: null });
    expect(printActual(filled.line('typing_rate'))).toBe('不适用');
    expect(filled.line('late_retractions')).toMatchObject({
      state: 'zero',
      actual: '0',
      deviation: '0%',
      score: '2.00',
    });
  });

  it('is said of a worded line whose score nobody has picked, with its band', () => {
    const filled = fill({
      typed: new Map<string, TypedLine>([...REPORTED, ['sampling_in_time', { actual: '及时' }]]),
    });
    expect(filled.line('sampling_in_time')).toMatchObject({ targetMet: true, score: null });
    expect(filled.line('sampling_in_time').note?.zh).toContain('80%–100%');
  });

  it('is not made up for a budget of zero', () => {
    const filled = fill({ budget: new Map([['total', { adjusted: '0', executed: '0' }]]) });
    expect(filled.budget[0]).toMatchObject({ state: 'not_applicable', rate: null, score: null });
    expect(filled.complete).toBe(false);
  });
});

describe('the monitoring of a half', () => {
  it('holds the half’s figures against the half-year targets, and gives no score', () => {
    const filled = fill({ stage: 'half' }, [value('donation.completed', '58')]);
    expect(filled.line('donations')).toMatchObject({
      ...{ target: '≥60例', fullTarget: '≥120例', targetMet: false, deviation: '-3.33%', score: null, weight: '6' },
    });
    expect(filled).toMatchObject({ stage: 'half', total: null, totalWeight: '100', grade: null, complete: true });
  });

  it('takes the registry’s own targets of the half and of the year', () => {
    const targets = new Map([['donation.completed', { operator: 'ge', value: '150' } as const]]);
    const halfTargets = new Map([['donation.completed', { operator: 'ge', value: '70' } as const]]);
    expect(fill({ stage: 'half', targets, halfTargets }).line('donations')).toMatchObject({
      target: '≥70例',
      fullTarget: '≥150例',
    });
  });
});

describe('a declared total', () => {
  it('of 100 cannot come from the Hunan rules, which say what each item loses', () => {
    const { declared } = fill({ declaredTotal: '100' });
    expect(declared).toMatchObject({ total: '100' });
    expect(declared?.differs?.zh).toBe(
      '申报总分 100 与按“湖南省自评规则”计算的 99.82 不一致：' +
        '“预算执行率”10 × 129.19 ÷ 130.5 = 9.90；“初筛成功率”得 2.92 / 3。',
    );
  });

  it('that is the sum is told without a word more', () => {
    expect(fill({ declaredTotal: '99.82' }).declared).toEqual({ total: '99.82', differs: null });
    expect(fill().declared).toBeNull();
  });

  it('of a form that is not complete cannot be confirmed', () => {
    const { declared } = fill({ typed: new Map(), declaredTotal: '81.82' });
    expect(declared?.differs?.zh).toContain('另有 3 项未计分');
  });
});

describe('what was typed in', () => {
  it('asks for the cause of a worded target that was partly reached, and of a low budget execution', () => {
    const filled = fill({
      typed: new Map<string, TypedLine>([
        ...REPORTED,
        ['sampling_in_time', { actual: '基本及时', level: 'partly', score: '3' }],
      ]),
      budget: new Map([['total', { adjusted: '100', executed: '89.99' }]]),
    });
    expect(filled.line('sampling_in_time')).toMatchObject({ deviation: null, score: '3.00', targetMet: false });
    expect(filled.line('sampling_in_time').causeRequired).not.toBeNull();
    expect(filled.budget[0]!.causeRequired?.zh).toBe('预算执行率低于 90%');
  });

  it('is refused with its unit', () => {
    const reported = new Map([['satisfaction', { actual: '96%' }]]);
    expect(() => fill({ typed: reported })).toThrow(ReportedValueNotReadable);
  });
});
