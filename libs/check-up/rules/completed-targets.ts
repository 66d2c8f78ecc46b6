import { decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { quotient } from '../ratio';
import { resultsOf, type Result } from '../results';
import { judgeRate } from '../say';

/** 登记1618人，完成107.78%, of a target that only the table says. */
export function completedTargets(document: ReportDocument): Finding[] {
  const results = document.tables.flatMap(resultsOf).filter((one) => one.targetCell.number && one.actualCell.number);
  if (results.length === 0) return [];
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
      const meant = results.filter((one) => isOf(one, actual.value, actual.noun));
      const [first] = meant;
      if (meant.length !== 1 || !first) return [];
      return judgeRate(rate, quotient(actual, first.targetCell.number!)) ?? [];
    }),
  );
}

function isOf({ name, actualValue }: Result, value: string, noun: string): boolean {
  return (
    actualValue !== null && decimal(actualValue).eq(decimal(value)) && noun.length >= 2 && name.includes(noun.slice(-2))
  );
}
