import { checkUp } from '../../libs/check-up/check-up';

/** Errors of the kind that stand in published reports of this field. */
it.each([
  ['初筛10008人次，同意4877人，初筛成功率48.74%。', 'wrong-rate', '48.74%', '48.73%'],
  ['全年初筛10008人，其中同意4877人次，初筛成功率为48.74%。', 'wrong-rate', '48.74%', '48.73%'],
  ['全年支出1176.7299999999998万元。', 'float-residue', '1176.7299999999998', '1176.73'],
  ['政府性基金预算0万元，支出0万元，执行率0%。', 'of-nothing', '0%', null],
  ['共举办活动5场：进校园、进社区、进机关、进企业。', 'count-of-list', '5场', '4场'],
] as const)('finds in “%s” the %s', (text, code, found, expected) => {
  const [finding, ...others] = checkUp(`2024年，${text}`).findings;
  expect(finding).toMatchObject({ class: code, found });
  if (expected !== null) expect(finding!.expected).toBe(expected);
  expect(others).toEqual([]);
});

it.each([
  ['10%', []],
  ['9.09%', []],
  ['9.43%', ['9.43%']],
])('takes a budget’s adjustment for a rate of the initial or of the adjusted budget: %s', (rate, wrong) => {
  const { findings } = checkUp(`2024年，年初预算500万元，预算调整数50万元，调整后预算550万元，预算调整率${rate}。`);
  expect(findings.map(({ found }) => found)).toEqual(wrong);
});
