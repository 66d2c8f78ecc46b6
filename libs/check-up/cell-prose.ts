import type { Cell, Table, TextSentence } from './document';
import { labelOf, periodOfColumn, placeOfRow } from './find-tables';
import { strippedNoun } from './noun';
import { readSentences } from './sentences';

/** What stands under these is no figure, whatever it looks like. */
const NO_PROSE = /(?:序号|编码|编号|代码|行次|电话|日期|时间|年份|邮编|来源|依据)/;
const SAYS_MORE = /[，,；;。：:、（(]/;

/**
 * The sentences of the cells that say more than a number: 采样571人份，完成目标的95.17%. What a number says of itself goes
 * before what its row and column say.
 */
export function proseOfCells(table: Table, year: number | null): TextSentence[] {
  return table.rows.flatMap((row) => {
    const label = labelOf(row, table.head);
    return row.flatMap((cell) => {
      if (!mayTell(cell, label, table.head[cell.column]!)) return [];
      const { start, end, text, line } = cell;
      const sentences = readSentences({ start, end, text, line, inTable: true }, year);
      const numbers = sentences.flatMap((one) => one.numbers);
      // A name with figures in it, as 第3期, tells nothing.
      if (!numbers.some(({ kind }) => kind !== 'bare')) return [];
      const name = text === label ? '' : label;
      const [first] = numbers;
      if (first!.noun === '') first!.noun = strippedNoun(name);
      const period = periodOfColumn(table.head[cell.column]!, name, table.caption, year);
      for (const number of numbers) {
        if (number.period === '') number.period = period;
        if (number.place === '') number.place = placeOfRow(name);
      }
      return sentences;
    });
  });
}

/** What was put together of several lines has no places of its own. */
function mayTell({ text, start, end, number }: Cell, label: string, head: string): boolean {
  if (number || !/\d/.test(text) || end - start !== text.length || NO_PROSE.test(head)) return false;
  return text !== label || SAYS_MORE.test(text);
}
