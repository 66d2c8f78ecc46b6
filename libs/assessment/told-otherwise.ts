import type { Sentence } from '../core/domain-error';
import type { FilledLine } from './filled-form';

/** The line with another actual than the ledger's for a part that a rate of the form is reckoned from; it was typed. */
export function partToldOtherwise(rate: FilledLine, lines: readonly FilledLine[]): FilledLine | undefined {
  const { parts } = rate.source;
  if (!parts || rate.numerator === null || rate.denominator === null) return undefined;
  const named = [parts.numerator, parts.denominator];
  return lines.find(
    ({ typed, source }) =>
      source.kind === 'metric' &&
      named.includes(source.label) &&
      typed !== null &&
      typed.difference !== null &&
      typed.difference !== '0',
  );
}

/**
 * A rate does not follow what was typed for its parts, and would then be no ratio of what the form says: it is typed as
 * well, or a reason is.
 */
export function withPartsWarned(line: FilledLine, lines: readonly FilledLine[], typed: string | undefined): FilledLine {
  const other = partToldOtherwise(line, lines);
  if (!other) return line;
  const sentence = notFollowed(other);
  const reason = typed?.trim() || null;
  const reasonRequired = reason === null ? sentence : line.reasonRequired;
  return { ...line, reason, reasonRequired, warnings: [...line.warnings, sentence] };
}

function notFollowed({ name, actual, computed }: FilledLine): Sentence {
  return {
    zh: `“${name}”另填了 ${actual}，本率仍按台账的 ${computed} 计算：请在本行填报相应的比率，或说明不改的理由`,
    en: `"${name}" was typed as ${actual}, and this rate still rests on the ledger's ${computed}: type the rate that goes with it, or why it stays`,
  };
}
