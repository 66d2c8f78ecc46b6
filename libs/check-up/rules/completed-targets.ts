import { plain } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { quotient } from '../ratio';
import { resultsOf, type Result } from '../results';
import { judgeRate } from '../say';

/** 登记1618人，完成107.78%, of a target that only the table says. */
export function completedTargets(document: ReportDocument): Finding[] {
  const results = document.tables.flatMap(resultsOf).filter((one) => one.targetCell.number && one.actualCell.number);
  if (results.length === 0) return [];
  const byActual = new Map<string, Result[]>();
  for (const one of results) {
    const key = plain(one.actualValue!);
    byActual.set(key, byActual.get(key) ?? []);
    byActual.get(key)!.push(one);
  }
  return document.sentences.flatMap(({ numbers }) =>
    numbers.flatMap((rate, index) => {
      const actual = numbers[index - 1];
      if (rate.kind !== 'rate' || !actual || actual.kind === 'rate' || actual.kind === 'bare') return [];
      if (
        !/^[，,]\s?完成(?:率|年度目标的|目标的|全年目标的)?(?:为|达)?\s?$/.test(
          document.text.slice(actual.end, rate.start),
        )
      )
        return [];
      const meant = (byActual.get(plain(actual.value)) ?? []).filter((one) => isOf(one, actual.noun));
      const [first] = meant;
      if (meant.length !== 1 || !first) return [];
      return judgeRate(rate, quotient(actual, first.targetCell.number!)) ?? [];
    }),
  );
}

function isOf({ name }: Result, noun: string): boolean {
  return noun.length >= 2 && name.includes(noun.slice(-2));
}
