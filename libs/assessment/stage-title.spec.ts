import { FORMS } from './forms/shipped-forms';
import { stageOf, stageTitle } from './stage-title';

describe('what a form is called', () => {
  it.each(FORMS)(
    'in July is of monitoring, and at the end of the year of 自评, in both languages: $code',
    ({ title }) => {
      expect(stageTitle(title, 'half').zh).toMatch(/监控表$/);
      expect(stageTitle(title, 'half').zh).not.toMatch(/自评/);
      expect(stageTitle(title, 'half').en).toMatch(/^half-year monitoring of /);
      expect(stageTitle(title, 'year').zh).toMatch(/自评价?表$/);
      expect(stageTitle(title, 'year').zh).not.toMatch(/监控/);
      expect(stageTitle(title, 'year').en).toMatch(/^self-evaluation of /);
    },
  );

  it('says so where its title tells of neither', () => {
    const title = { zh: '工作目标表', en: 'table of targets' };
    expect(stageTitle(title, 'half')).toEqual({
      zh: '工作目标表（监控）',
      en: 'table of targets (half-year monitoring)',
    });
    expect(stageTitle(title, 'year')).toEqual(title);
  });

  it('goes by the period', () => {
    expect(['2024', '2024-H1'].map(stageOf)).toEqual(['year', 'half']);
  });
});
