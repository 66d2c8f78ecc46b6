import { inertText } from './inert-text';

describe('a text in a CSV file', () => {
  it.each([
    ...[
      "=cmd|'/c calc'!A0",
      '+1',
      '@SUM(A1)',
      '-1+1',
      '-',
      '－A1',
      '\t=1',
      '\r=1',
      '  =1',
      ' -1+1',
      '＝1',
      '＋1',
      '＠A1',
    ],
    ...['\nx', '\t1'],
  ])('that a spreadsheet would run as a formula is shown: %j', (text) => {
    expect(inertText(text)).toBe(`'${text}`);
  });

  it.each(['', '-1', '-0.5', '-0.56%', '王芳 1=1', 'a@b', ' x'])('is kept where it runs nothing: %j', (text) => {
    expect(inertText(text)).toBe(text);
  });
});
