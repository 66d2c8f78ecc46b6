import { decimal } from '../../core/decimal';
import type { ReportDocument, TextSentence } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { quotient } from '../ratio';
import { judgeRate } from '../say';

const REACHED = /(?:满意|合格|完成|通过|按时|按期|及时|达标|发放|拨付|到位|回收|有效|办结|覆盖|结业|毕业)/;
const RATE = /(?:率|度|比例|占比)(?:为|是|达|达到|均为|到)?\s?$/;
/** Before the part it would be another thing: 其中新增. */
const OTHER = /(?:其中|新增|比上年|较上年|增加|减少|目标|计划)/;

/** 100 % beside the two numbers that are not alike: 检查20个，合格19个，合格率100%. */
export function notHundred(document: ReportDocument): Finding[] {
  return [...inSentences(document), ...inTables(document)];
}

function inSentences({ sentences, text }: ReportDocument): Finding[] {
  return sentences.flatMap((sentence) =>
    sentence.numbers.flatMap((rate, index) => {
      if (!isHundred(rate)) return [];
      const name = /[^，,；;：:]*$/.exec(text.slice(sentence.start, rate.start))?.[0] ?? '';
      if (!RATE.test(name)) return [];
      const stem = name.replace(RATE, '').replace(/覆盖$/, '').slice(-2);
      // 参训264人，期均44人，结业258人: what is for each is no part.
      const all = sentence.numbers.slice(0, index).filter(({ measure }) => measure !== 'each');
      const before = pairIn(all.slice(-2), stem, text);
      const after = /^\s?[：:，,（(]/.test(text.slice(rate.end, rate.end + 2))
        ? pairIn(sentence.numbers.slice(index + 1, index + 3), stem, text)
        : undefined;
      const [whole, part] = before ?? after ?? [];
      return whole && part ? (judgeRate(rate, quotient(part, whole)) ?? []) : [];
    }),
  );
}

/** Cells of 100 % whose name a sentence tells with its numbers. */
function inTables({ tables, sentences, text }: ReportDocument): Finding[] {
  const known = new Map<string, [FoundNumber, FoundNumber] | undefined>();
  const toldAs = (name: string): [FoundNumber, FoundNumber] | undefined => {
    if (!known.has(name)) known.set(name, toldIn(sentences, name, text));
    return known.get(name);
  };
  return tables.flatMap(({ rows, head }) =>
    rows.flatMap((row) => {
      const cell = row.find(
        ({ number, column }) =>
          number && isHundred(number) && !/(?:目标|指标值|计划|偏差|得分|执行率)/.test(head[column]!),
      );
      const name = row.find(({ text: label, number }) => !number && /.{2,}(?:率|度)$/.test(label))?.text;
      if (!cell || name === undefined) return [];
      const told = toldAs(name);
      return told ? (judgeRate(cell.number!, quotient(told[1], told[0]), { cell }) ?? []) : [];
    }),
  );
}

/** 捐献者满意度：12名参评，11名满意 */
function toldIn(
  sentences: readonly TextSentence[],
  name: string,
  text: string,
): [FoundNumber, FoundNumber] | undefined {
  const stem = name.replace(/(?:率|度)$/, '').slice(-2);
  const words = name.replace(/(?:及时|按时|按期)?(?:完成|办结)?(?:率|度)$/, '');
  if ([...words].length < 4) return undefined;
  for (const sentence of sentences) {
    const at = sentence.text.indexOf(words);
    if (at < 0) continue;
    const numbers = sentence.numbers.filter(({ start, kind }) => start >= sentence.start + at && kind !== 'rate');
    const pair = pairIn(numbers.slice(0, 2), stem, text);
    if (pair) return pair;
  }
  return undefined;
}

function isHundred({ kind, unit, value, bound, range, rough }: FoundNumber): boolean {
  return kind === 'rate' && unit === '%' && !bound && !range && !rough && decimal(value).eq(100);
}

function pairIn(numbers: readonly FoundNumber[], stem: string, text: string): [FoundNumber, FoundNumber] | undefined {
  const [whole, part] = numbers;
  if (!whole || !part || whole.kind === 'rate' || whole.unit !== part.unit || whole.worded || part.worded)
    return undefined;
  const between = text.slice(whole.end, part.start);
  const said = between + /^[^，,。；;]{0,6}/.exec(text.slice(part.end))![0];
  const names = (stem.length >= 2 && said.includes(stem)) || REACHED.test(said);
  const [all, some] = [decimal(whole.value), decimal(part.value)];
  if (!names || OTHER.test(between) || some.gte(all) || some.times(2).lt(all)) return undefined;
  return between.length <= 16 ? [whole, part] : undefined;
}
