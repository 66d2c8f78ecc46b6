import { checkUp } from './check-up';

function told(text: string): string[] {
  return checkUp(`2024年，${text}`).findings.map((one) => `${one.class} ${one.found} → ${one.expected}`);
}

describe('what a number says of its thing', () => {
  it.each([
    ['救助困难家庭640户，发放款物51.20万元，户均800元；助学128人，发放助学金32.00万元，人均2500元。'],
    ['个人捐款21.5万笔，笔均118.14元。募捐收入156.8万元，救助支出120.6万元，培训支出12.9万元。'],
    ['年末库容183652人份，比2023年末净增9870人份，增幅5.68%（2023年末为173782人份）。'],
    ['刊发稿件1843篇次。与2023年的1612篇次相比增加231篇次，增幅14.33%。'],
    ['服务时长3936小时，人均24小时，折合164天。'],
    ['问卷1200份，满意1176份，满意率98.00%；医院满意度98.5%。'],
    ['举办培训班15期，期均40.8人，共取证612人。'],
    ['四项救助支出合计142.00万元，其中助老10.50万元。全年支出415.30万元。救助支出142.00万元，占全年支出的34.19%。'],
  ])('is no contradiction of another measure: %s', (text) => {
    expect(told(text)).toEqual([]);
  });

  it.each([
    ['调拨棉被1200床，每床2.5千克，共30吨。', 'conversion 30吨 → 3吨'],
    ['救助5.2万户，户均550元，发放救助金2860元。', 'unit 2860元 → 2860万元'],
    ['入库11200人份，每人份检测费480元，检测支出573.60万元。', 'sum 573.60万元 → 537.6万元'],
    ['开展普及培训，人均8元，共7.57元。', 'unit 7.57元 → 7.57万元'],
    ['参训264人，期均44人，结业258人，结业率100%。', 'not-hundred 100% → 98%'],
  ])('is multiplied with what it is for each of: %s', (text, finding) => {
    expect(told(text)).toEqual([finding]);
  });
});

it('is told where a total and its part differ by two digits, at the part that another place tells otherwise', () => {
  const text = '支出141.07万元，其中基本支出117.12万元，项目支出23.59万元。项目支出23.95万元已按进度拨付。';
  expect(told(text)).toContain('two-values 23.59万元 → 23.95万元');
  expect(told(text).filter((one) => one.startsWith('sum'))).toEqual([]);
});
