import { fillLine } from './fill-line';
import type { FilledLine, FilledValue, TypedLine } from './filled-form';
import { HUNAN_FORM } from './forms/hunan-form';
import { TargetUnitDiffers } from './line-target';
import { HUNAN_PACK } from './packs/hunan-pack';
import { ScoreOutsideBand } from './scoring';

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
      ...{ actual: '138', computed: '136', typed: { actual: '138', difference: '2' }, reason: null },
      ...{ deviation: '15.00%', source: { key: 'donation.completed' } },
    });
    expect(line.reasonRequired?.zh).toContain('须说明理由');
    expect(line.warnings.map(({ zh }) => zh)).toContain('填报 138，台账为 136，相差 2。');
    expect(beside({ actual: '138', reason: '两例在年末完成，尚未登记' })).toMatchObject({
      reasonRequired: null,
      typed: { difference: '2' },
      reason: '两例在年末完成，尚未登记',
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
      typed: { actual: '96', difference: null },
      reason: null,
      source: { kind: 'reported', key: null, label: '满意度调查' },
    });
  });

  it('needs a reason where the ledger says that there is no such rate', () => {
    const none = { ...value('hla.retention_rate', '0'), state: 'not_applicable', value: null } as const;
    const code = HUNAN_FORM.lines.find(({ source }) => source.kind === 'indicator')!.code;
    expect(fill(code, none, { actual: '100' })).toMatchObject({ actual: '100', reasonRequired: expect.anything() });
    expect(fill(code, none, { actual: '100', reason: '补报' }).reasonRequired).toBeNull();
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

  it('needs a reason where its level or score is picked otherwise', () => {
    const picked = (typed: TypedLine) =>
      fill('sampling_in_time', { ...value('registry.sampling_timeliness', '70'), conclusion: '部分及时' }, typed);
    const raised = { level: 'reached', score: '4' } as const;
    expect(picked(raised)).toMatchObject({ score: '4.00', reasonRequired: expect.anything() });
    expect(picked({ ...raised, actual: '部分及时' }).reasonRequired).not.toBeNull();
    expect(picked({ score: '3' }).reasonRequired).not.toBeNull();
    expect(picked({ ...raised, reason: '年末已补齐' })).toMatchObject({
      ...{ reasonRequired: null, actual: '部分及时', computed: '部分及时', reason: '年末已补齐' },
    });
    expect(picked({ level: 'partly', score: '2.8' }).reasonRequired).toBeNull();
  });

  it('opens without a score when the ledger’s judgement leaves the one that was picked', () => {
    const typed = { score: '3.8', reason: '全年及时' };
    const at = (percent: string) => fill('sampling_in_time', value('registry.sampling_timeliness', percent), typed);
    expect(at('90').score).toBe('3.80');
    expect(at('70')).toMatchObject({ score: null, note: { zh: expect.stringContaining('60%–80%') } });
    const level = fill('sampling_in_time', value('registry.sampling_timeliness', '70'), { level: 'reached' });
    expect(level).toMatchObject({ score: null, note: { zh: expect.stringContaining('80%–100%') } });
    expect(() => fill('sampling_in_time', undefined, { level: 'partly', actual: '部分及时', score: '4' })).toThrow(
      ScoreOutsideBand,
    );
  });
});
