import { decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { resultsOf } from '../results';
import { say } from '../say';

const ALL_REACHED = /(?:全部|均|各项|所有|全面|指标|目标|任务)[^，,。；;]{0,24}$/;
const REACHED = /^\s?(?:的)?(?:完成|达成|达标|实现)|^[，,。；;]|^$/;

/** 100 % said of all where the report's own table has one that was missed. */
export function hundreds(document: ReportDocument): Finding[] {
  const missed = document.tables.flatMap(resultsOf).filter(({ met }) => met === false);
  if (missed.length === 0) return [];
  const [first] = missed;
  // A cell speaks of its own line.
  const prose = document.sentences.filter(({ paragraph }) => !paragraph.inTable);
  return prose.flatMap((sentence) =>
    sentence.numbers.flatMap((number) => {
      if (number.kind !== 'rate' || !decimal(number.value).eq(100) || number.unit !== '%' || number.bound) return [];
      const before = document.text.slice(sentence.start, number.start);
      const after = document.text.slice(number.end, sentence.end);
      if (!ALL_REACHED.test(before) || !REACHED.test(after) || !/(?:目标|指标|任务)/.test(before)) return [];
      if (/预算(?!绩效)|执行率|到位|(?:记|计|按|得|为0[^，,]*)$/.test(before)) return [];
      return [
        say(
          'not-hundred',
          number,
          {
            zh: `表中“${first!.name}”目标 ${first!.target}、完成 ${first!.actual}，没有完成，不能说${number.text}（共 ${missed.length} 项未完成）。`,
            en: `"${first!.name}" has the target ${first!.target} and reached ${first!.actual}: ${missed.length} missed, so it is not ${number.text}.`,
          },
          { related: [first!.actualCell] },
        ),
      ];
    }),
  );
}
