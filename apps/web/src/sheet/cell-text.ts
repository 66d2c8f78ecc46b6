/** A number as people type it or a spreadsheet copies it: full-width digits, thousands separators and spaces are taken off. */
export function readCell(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s\u00a0]/g, '');
  const ungrouped = /^\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(plain) ? plain.replace(/[,，]/g, '') : plain;
  if (!/^\d+(\.\d+)?$/.test(ungrouped)) return ungrouped;
  const [whole = '', fraction = ''] = ungrouped.split('.');
  const kept = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (kept === '' ? '' : `.${kept}`);
}

export type CellProblem = 'number' | 'multiple';

/** What is wrong with a cell; `text` is as `readCell` gives it, and not empty. */
export function problemOfCell(text: string, step: '0.5' | '0.01' | undefined): CellProblem | undefined {
  if (!/^\d+(\.\d+)?$/.test(text)) return 'number';
  const fraction = text.split('.')[1] ?? '';
  if (step === undefined) return fraction === '' ? undefined : 'multiple';
  if (step === '0.5') return fraction === '' || fraction === '5' ? undefined : 'multiple';
  return fraction.length <= 2 ? undefined : 'multiple';
}

/** A block of cells as a spreadsheet puts it into the clipboard, quoted cells among them. */
export function readBlock(text: string): string[][] {
  const rows = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1')));
  return rows;
}
