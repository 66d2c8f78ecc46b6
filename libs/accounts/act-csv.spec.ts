import { cellOf } from './act-csv';

describe('a cell of an exported file', () => {
  it('that a spreadsheet would run as a formula is shown as text', () => {
    expect(cellOf(`=cmd|'/c calc'!A0`)).toBe(`"'=cmd|'/c calc'!A0"`);
  });

  it('keeps every other text, its quotes and its commas', () => {
    expect(cellOf('王芳, "甲市" 1=1')).toBe('"王芳, ""甲市"" 1=1"');
    expect(cellOf(null)).toBe('""');
  });
});
