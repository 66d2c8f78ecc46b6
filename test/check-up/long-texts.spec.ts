import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { CHARACTERS_AT_MOST } from '../../libs/check-up/report-length';
import { readCorpus } from '../support/check-up-corpus';

/** None takes longer than some seconds, or goes through all of the text for each of its numbers. */
jest.setTimeout(120_000);

/** Of many things that nothing else is like. */
function each(write: (at: number) => string): string {
  return Array.from({ length: 60_000 }, (_, at) => write(at)).join('');
}

const NAMES = '甲乙丙丁戊己庚辛壬癸';
function named(at: number): string {
  return [...String(at)].map((digit) => NAMES[Number(digit)]).join('');
}

/** What a rule that goes through all of a text for each of its numbers would take minutes for. */
const TEXTS: readonly (readonly [string, string])[] = [
  [
    'of reports',
    readCorpus(join(__dirname, 'corpus'))
      .map(({ text }) => text)
      .join('\n\n')
      .repeat(20),
  ],
  ['of one sentence', '初筛10008人，'.repeat(100_000)],
  ['of sentences in one line', '全年初筛10008人，初筛同意4877人，成功率为48.73%。'.repeat(30_000)],
  ['of one table', '甲\t乙\t丙\t丁率\n'.concat('某\t12\t34\t35.29%\n'.repeat(50_000))],
  ['of a table with many columns', `${'列名数\t'.repeat(40)}\n`.concat(`${'1\t'.repeat(40)}\n`.repeat(5_000))],
  ['of short lines', '指标名称\n目标值\n完成值\n'.repeat(60_000)],
  ['of stacked cells', '指标名称\n目标值\n完成值\n'.concat('初筛\n10\n12\n'.repeat(60_000))],
  ['of digits', '1'.repeat(900_000)],
  ['of letters', 'a'.repeat(900_000)],
  ['of brackets', '（'.repeat(900_000)],
  ['of separators', '、'.repeat(900_000)],
  ['of Chinese numerals', '三百'.repeat(450_000)],
  ['of spaces', `a${' '.repeat(900_000)}b`],
  ['of one thing with many values', each((at) => `捐献${at}例。`)],
  ['of many things with two values', each((at) => `完成${named(at % 10_000)}检测${at}份。`)],
  ['of a number without its unit', '初筛10008。'.repeat(60_000)],
  ['of exchanged digits', each((at) => `初筛${at % 2 ? 4126 : 4216}人，占初筛的3.1%。`)],
  ['of shares of all', '采样12人份，占全省的3.15%，'.repeat(30_000)],
  ['of shares and no total', '名称\t数量\t占比\n'.concat(each((at) => `某\t${at}\t1.5%\n`))],
  ['of rates in rows', '指标\t数值\n'.concat(each((at) => `满意份数\t${at}\n满意率\t1.${at % 10}%\n`))],
  ['of results', '指标\t目标值\t完成值\n'.concat(each((at) => `登记${at}\t${at}人\t${at}人\n`))],
  ['of parts', each((at) => `${NAMES[at % 10]}：${at}人，`)],
  ['of lists in lists', each((at) => `${at + 2}.共有3项：\n`)],
  ['of lists without an end', '共有3项：甲乙；'.repeat(60_000)],
  ['of money in two units', each((at) => (at % 2 ? `${named(at)}收入129元。` : `${named(at)}支出129万元。`))],
  ['of 100 %', '名称\t数值\n'.concat(each((at) => `${named(at)}合格率\t100%\n`))],
  ['of cells that tell', '事项\t情况\n'.concat('甲事\t培训12人，合格11人，合格率91.67%。\n'.repeat(30_000))],
];

describe('a text as long as is read', () => {
  it.each(TEXTS)('%s is checked to its end', (_, text) => {
    expect(() => checkUp(text.slice(0, CHARACTERS_AT_MOST))).not.toThrow();
  });
});
