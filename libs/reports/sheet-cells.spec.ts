import { Workbook } from 'exceljs';
import { heightFor, writeNumber } from './sheet-cells';

function written(printed: string, unit?: { before?: string; after?: string }) {
  const cell = new Workbook().addWorksheet('x').getCell('A1');
  writeNumber(cell, printed, unit);
  return [cell.value, cell.numFmt];
}

describe('a printed decimal in a cell', () => {
  it.each([
    ['48.70', undefined, [48.7, '0.00']],
    ['0', { after: '份' }, [0, '0"份"']],
    ['-2.54', { after: '%' }, [-2.54, '0.00"%"']],
    ['6.9', { before: '万分之' }, [6.9, '"万分之"0.0']],
    ['123456789012.345', undefined, [123456789012.345, '0.000']],
  ])('%s is a number that shows the same digits', (printed, unit, expected) => {
    expect(written(printed, unit)).toEqual(expected);
  });

  it('is text when a double would not hold it', () => {
    expect(written('1234567890123456.7', { after: '元' })).toEqual(['1234567890123456.7元', '@']);
  });
});

describe('the height of a row', () => {
  it('grows with the text that needs most lines', () => {
    const one = heightFor([{ text: '捐献例数', width: 10 }]);
    const three = heightFor([
      { text: '捐献例数', width: 10 },
      { text: '初筛成功率未达到年度指标值', width: 11 },
    ]);
    expect(three).toBe(one + 28);
  });
});
