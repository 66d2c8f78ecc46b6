import { RowSum } from './row-sum';

function sumOf(text: string, cut = text.length): RowSum {
  const sum = new RowSum();
  for (let at = 0; at < text.length; at += cut) sum.update(Buffer.from(text.slice(at, at + cut)));
  return sum;
}

const ROWS = '1\t甲市\t12\n2\t乙市\t3\n3\t\\N\ta\\nb\n';

describe('the sum of rows', () => {
  it.each([
    ['in another order', '3\t\\N\ta\\nb\n1\t甲市\t12\n2\t乙市\t3\n'],
    ['that are the same', ROWS],
  ])('is the same of rows %s, wherever what is read is cut', (_, rows) => {
    for (const cut of [1, 2, 7, 100]) expect(sumOf(rows, cut).equals(sumOf(ROWS))).toBe(true);
  });

  it.each([
    ['one less', ROWS.slice(0, ROWS.indexOf('3\t\\N'))],
    ['one twice', `${ROWS}1\t甲市\t12\n`],
    ['a value of its neighbour', ROWS.replace('甲市\t12', '甲市\t3').replace('乙市\t3', '乙市\t12')],
    ['one digit otherwise', ROWS.replace('12', '13')],
    ['an empty one', `${ROWS}\n`],
    ['a begun one', `${ROWS}4`],
    ['none', ''],
  ])('differs when there is %s', (_, rows) => {
    expect(sumOf(rows).equals(sumOf(ROWS))).toBe(false);
  });
});
