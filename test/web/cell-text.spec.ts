import { problemOfCell, readBlock, readCell } from '../../apps/web/src/sheet/cell-text';

it.each([
  ['１２', '12'],
  ['1,234', '1234'],
  ['１，２３４．５０', '1234.5'],
  [' 7 ', '7'],
  ['007', '7'],
  ['0', '0'],
  ['12,34', '12,34'],
  ['十二', '十二'],
  ['-3', '-3'],
])('reads %s as %s', (typed, read) => expect(readCell(typed)).toBe(read));

it.each([
  ['12', undefined, undefined],
  ['1.5', undefined, 'multiple'],
  ['1.5', '0.5', undefined],
  ['1.2', '0.5', 'multiple'],
  ['1.25', '0.01', undefined],
  ['1.255', '0.01', 'multiple'],
  ['12,34', undefined, 'number'],
  ['-3', undefined, 'number'],
  ['十二', '0.01', 'number'],
] as const)('says of %s in steps of %s: %s', (text, step, problem) => expect(problemOfCell(text, step)).toBe(problem));

it('takes a block of a spreadsheet apart', () => {
  expect(readBlock('1\t２\r\n\t"3"\r\n')).toEqual([
    ['1', '２'],
    ['', '3'],
  ]);
});
