import { numberTarget, parseTarget, printTarget } from './target-text';

// Every distinct half-year and full-year target of a published table of a provincial registry, and the ASCII signs of
// a published table of a city.
const PRINTED = [
  ...[
    '健全',
    '合理',
    '明确',
    '科学',
    '规范',
    '合规',
    '完善',
    '公开',
    '有效',
    '及时',
    '增加',
    '全覆盖',
    '较好',
    '持续健康发展',
  ],
  ...['＝0%', '＝20%', '＝100%', '≤0%', '≤100%', '≥100%', '≥0%', '≥80%', '≥95%'],
  ...['≥0期', '≥1期', '≥0次', '≥1次', '≥50例', '≥100例', '≥1个', '≥0篇', '≥1篇', '≥50人', '≥100人'],
  ...['≥4000人', '≥10000人', '≥20000人', '≥50000人'],
  ...[
    '=100%',
    '<=100%',
    '=0%',
    '<=0%',
    '>=100%',
    '>=85%',
    '>=90%',
    '=1个',
    '=8个',
    '=10个',
    '=1次',
    '>=5000人',
    '=2次',
  ],
  ...['≥万分之6.5', '≤-35%', '≥1.20万人', '＝3', '≥2台(套)'],
];

describe('a target', () => {
  it.each(PRINTED)('is written back as it was printed: %s', (text) => {
    expect(printTarget(parseTarget(text))).toBe(text);
  });

  it.each([
    ['≥100例', { operator: 'ge', value: '100', unit: '例' }],
    ['>=5000人', { operator: 'ge', value: '5000', unit: '人' }],
    ['＞＝９５％', { operator: 'ge', value: '95', unit: '%' }],
    ['≤100%', { operator: 'le', value: '100', unit: '%' }],
    ['＜＝2.5 次', { operator: 'le', value: '2.5', unit: '次' }],
    ['≥ 1,000　例', { operator: 'ge', value: '1000', unit: '例' }],
    [' ≦ 2.5次 ', { operator: 'le', value: '2.5', unit: '次' }],
    ['＝20%', { operator: 'eq', value: '20', unit: '%' }],
    ['≥12,000人', { operator: 'ge', value: '12000', unit: '人' }],
    ['≥万分之6.5', { operator: 'ge', value: '6.5', unit: '万分之' }],
    ['≥6.5万分之', { operator: 'ge', value: '6.5', unit: '万分之' }],
  ])('is read with its operator, number and unit: %s', (text, read) => {
    expect(parseTarget(text)).toMatchObject(read);
  });

  it.each([
    ['', '内容为空'],
    ['≥', '没有数值'],
    ['100例', '缺少 ≥、≤ 或 ＝'],
    ['万分之6', '缺少 ≥、≤ 或 ＝'],
    ['>100例', '不支持大于号'],
    ['≥多于100例', '不是一个数值加一个单位'],
    ['≥100..5例', '不是一个数值加一个单位'],
    ['≥万分之6%', '不是一个数值加一个单位'],
    ['≥90%≤100%', '不是一个数值加一个单位'],
  ])('that cannot be read is refused with what is wrong: “%s”', (text, because) => {
    expect(() => parseTarget(text)).toThrow(because);
  });

  it('set by a registry is printed with the full-width signs', () => {
    expect(printTarget(numberTarget('eq', '0', '例'))).toBe('＝0例');
    expect(printTarget(numberTarget('ge', '6.5', '万分之'))).toBe('≥万分之6.5');
  });
});
