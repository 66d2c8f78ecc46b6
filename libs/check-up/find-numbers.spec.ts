import { findNumbers } from './find-numbers';

const numbersOf = (line: string) => findNumbers(line, 0, 0).map(({ text }) => text);

describe('the numbers of a line', () => {
  it.each([
    ['1. 招募12000人', ['12000人']],
    ['1.2024年招募12000人', ['12000人']],
    ['　　2．2024年度预算1300万元', ['1300万元']],
    ['3、2024年5月招募20人', ['20人']],
    ['4.12月招募20人', ['20人']],
    ['- 5. 招募20人', ['20人']],
    ['（6）2024年招募20人', ['20人']],
  ])('leave out the ordinal of %s', (line, numbers) => expect(numbersOf(line)).toEqual(numbers));

  it.each([
    ['12.36万人次', ['12.36万人次']],
    ['1.5吨血液', ['1.5吨']],
    ['-3.2%的偏差', ['-3.2%']],
  ])('keep the parts of %s, which begins no item', (line, numbers) => expect(numbersOf(line)).toEqual(numbers));
});
