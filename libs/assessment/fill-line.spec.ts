import { fillLine } from './fill-line';
import type { FilledLine, FilledValue, TypedLine } from './filled-form';
import { HUNAN_FORM } from './forms/hunan-form';
import { TargetUnitDiffers } from './line-target';
import { HUNAN_PACK } from './packs/hunan-pack';

function value(key: string, text: string): FilledValue {
  const rest = { numerator: null, denominator: null, unit: '', version: 1, position: '512', computedAt: null };
  return { key, state: 'value', value: text, ...rest };
}

const DONATED = value('donation.completed', '136');

function fill(code: string, found?: FilledValue, typed?: TypedLine): FilledLine {
  const line = HUNAN_FORM.lines.find((each) => each.code === code)!;
  return fillLine(line, HUNAN_PACK, { stage: 'year', value: found, typed, budget: [] });
}

describe('what was typed beside what the ledger says', () => {
  const beside = (typed: TypedLine) => fill('donations', DONATED, typed);

  it('stands on the form with the difference, and needs a reason', () => {
    const line = beside({ actual: '138' });
    expect(line).toMatchObject({
      ...{ actual: '138', computed: '136', typed: { actual: '138', difference: '2', reason: null } },
      ...{ deviation: '15.00%', source: { key: 'donation.completed' } },
    });
    expect(line.reasonRequired?.zh).toContain('须说明理由');
    expect(line.warnings.map(({ zh }) => zh)).toContain('填报 138，台账为 136，相差 2。');
    expect(beside({ actual: '138', reason: '两例在年末完成，尚未登记' })).toMatchObject({
      reasonRequired: null,
      typed: { difference: '2', reason: '两例在年末完成，尚未登记' },
    });
  });

  it('needs no reason when it says the same, until the ledger moves', () => {
    expect(beside({ actual: '136.0' })).toMatchObject({ typed: { difference: '0' }, reasonRequired: null });
    const moved = fill('donations', value('donation.completed', '137'), { actual: '136' });
    expect(moved).toMatchObject({ computed: '137', typed: { difference: '-1' } });
    expect(moved.reasonRequired).not.toBeNull();
  });

  it('needs none where the ledger has nothing, which is not cited then', () => {
    expect(fill('satisfaction', undefined, { actual: '96' })).toMatchObject({
      ...{ actual: '96', computed: null, reasonRequired: null },
      typed: { actual: '96', difference: null, reason: null },
      source: { kind: 'reported', key: null, label: '满意度调查' },
    });
  });

  it('may be a cause, evidence or a target alone: the ledger’s figure stays', () => {
    const line = beside({ target: '≥150例', cause: '供者体检未通过', evidence: ['E-7'] });
    expect(line).toMatchObject({
      ...{ actual: '136', typed: null, target: '≥150例', targetMet: false, score: '5.44' },
      ...{ cause: '供者体检未通过', evidence: ['E-7'] },
    });
    expect(line.causeRequired).not.toBeNull();
  });

  it('is refused with a target in another unit', () => {
    expect(() => beside({ target: '≥150人' })).toThrow(TargetUnitDiffers);
  });
});

describe('a line whose month is sealed', () => {
  it('cites the seal', () => {
    const sealed = { ...value('donation.completed', '136'), seal: 'ab12' };
    expect(fill('donations', sealed)).toMatchObject({ seal: 'ab12', source: { seal: 'ab12' } });
    expect(fill('donations', DONATED).seal).toBeNull();
  });
});

describe('a worded line that the ledger judges', () => {
  const judged = (percent: string, conclusion: string | null) =>
    fill('sampling_in_time', { ...value('registry.sampling_timeliness', percent), conclusion });

  it('is scored by how far it is reached', () => {
    expect(judged('100', '及时')).toMatchObject({
      actual: '及时',
      targetMet: true,
      score: '4.00',
      causeRequired: null,
    });
    expect(judged('75', '部分及时')).toMatchObject({ actual: '部分及时', targetMet: false, score: '3.00' });
    expect(judged('40', null)).toMatchObject({ actual: '未达成年度指标且效果较差', score: '1.60' });
  });
});
