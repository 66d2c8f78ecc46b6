import { checkUp } from '../check-up';

const scored = (weight: string, score: string) =>
  checkUp(
    `指标名称\t分值\t得分\n捐献例数\t${weight}\t${score}\n入库人份\t10分\t10分\n总分\t20分\t20分`,
  ).findings.filter((one) => one.class === 'score-without-worksheet');

describe('the scores of a worksheet', () => {
  it('above their weight are told, also where both are printed with their unit', () => {
    expect(scored('10分', '12分')[0]).toMatchObject({ found: '12分', expected: '10' });
  });

  it('that are right are not', () => {
    expect(scored('10分', '10分')).toEqual([]);
  });
});
