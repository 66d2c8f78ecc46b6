import type { TypedLine } from './filled-form';
import { fillForm, type FormInput } from './fill';
import { HUNAN_FORM } from './forms/hunan-form';
import { HUNAN_PACK } from './packs/hunan-pack';

const DEMONSTRATION = '表式自带的年度、半年指标值为示范，不是哪个单位批复的';

function saidOfTargets(input: Partial<FormInput>): string[] {
  const { assumptions } = fillForm(HUNAN_FORM, HUNAN_PACK, { stage: 'year', values: new Map(), ...input });
  return assumptions.map(({ zh }) => zh).filter((zh) => zh.startsWith('表式自带'));
}

/** All targets as an office types them, but for those of some lines. */
function typed(what: readonly ('target' | 'halfTarget')[], left: readonly string[] = []): Map<string, TypedLine> {
  return new Map(
    HUNAN_FORM.lines
      .filter(({ code }) => !left.includes(code))
      .map((line) => [line.code, Object.fromEntries(what.map((one) => [one, line[one]]))]),
  );
}

describe('that targets are for demonstration', () => {
  it('is said of a form in which nobody has put their own', () => {
    expect(saidOfTargets({})).toEqual([`${DEMONSTRATION}，正式填报前须换成本单位的批复数。`]);
  });

  it('is not said where all are the office’s own, also those that are the same', () => {
    expect(saidOfTargets({ typed: typed(['target']) })).toEqual([]);
  });

  it('is said of the lines that are left, and of these alone', () => {
    expect(saidOfTargets({ typed: typed(['target'], ['samples', 'revisit_coverage']) })).toEqual([
      `${DEMONSTRATION}；未另填、须核对是不是本单位批复数的有：中转血样、回访覆盖率。`,
    ]);
  });

  it('is said in July while those of the half-year are', () => {
    const half = { stage: 'half' } as const;
    expect(saidOfTargets({ ...half, typed: typed(['target']) })).toHaveLength(1);
    expect(saidOfTargets({ ...half, typed: typed(['target', 'halfTarget']) })).toEqual([]);
  });

  it('is not said where the registry has set a target, which a line of words does not take', () => {
    const targets = new Map([['registry.samples_transited', { operator: 'ge', value: '2800' } as const]]);
    const given = { typed: typed(['target'], ['samples', 'sampling_in_time']), targets };
    expect(saidOfTargets(given)).toEqual([expect.stringContaining('的有：报名采样完成及时性。')]);
  });
});
