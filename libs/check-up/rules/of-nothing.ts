import type { ReportDocument, TextSentence } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { say } from '../say';

/** 均无预算、无支出，执行率100% */
const NONE =
  /(?:无|没有|未安排)[^，,。；;无]{0,8}(?:预算|安排|任务|目标)[^，,。；;]{0,6}[、，,][^，,。；;]{0,8}(?:无|没有|未发生)[^，,。；;]{0,8}(?:支出|执行|完成|发生)?[^。；;\d]{0,14}$/;
const RATE_OF = /(?:率|的|占|占比|比例|进度|度)(?:为|是|达|达到|按)?\s?$/;

/** A rate in a sentence whose whole and part are both nothing. */
export function ofNothing({ sentences, text }: ReportDocument): Finding[] {
  return sentences.flatMap((sentence) =>
    sentence.numbers.flatMap((rate, index) => {
      if (rate.kind !== 'rate' || rate.bound) return [];
      const before = text.slice(sentence.start, rate.start);
      if (!RATE_OF.test(before)) return [];
      const zeros = zerosBefore(sentence, index);
      if (!zeros && !NONE.test(before)) return [];
      return [
        say(
          'of-nothing',
          rate,
          {
            zh: `分母、分子都是 0，比率没有意义，应写“不适用”，不写${rate.text}。`,
            en: `Nothing of nothing has no rate; write 不适用, not ${rate.text}.`,
          },
          { related: zeros ?? [], expected: '不适用' },
        ),
      ];
    }),
  );
}

function zerosBefore({ numbers }: TextSentence, index: number): FoundNumber[] | undefined {
  const last = numbers.slice(Math.max(0, index - 2), index);
  return last.length === 2 && last.every(({ value, kind, worded }) => value === '0' && kind !== 'rate' && !worded)
    ? last
    : undefined;
}
