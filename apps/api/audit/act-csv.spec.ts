import { cellOf } from './act-csv';

describe('a cell of an exported file', () => {
  it.each([`=cmd|'/c calc'!A0`, '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', '\nx'])(
    'that a spreadsheet would run as a formula is shown as text: %j',
    (text) => {
      expect(cellOf(text)).toBe(`"'${text}"`);
    },
  );

  it('keeps every other text, its quotes and its commas', () => {
    expect(cellOf('王芳, "甲市" 1=1')).toBe('"王芳, ""甲市"" 1=1"');
    expect(cellOf(null)).toBe('""');
  });
});
