import { JUDGED_LINES } from '../catalogue/judged-lines';
import { DomainError } from '../core/domain-error';
import { numberTarget, parseTarget, printTarget, type LineTarget } from '../core/target-text';
import { figureOf } from './figure';
import type { FormLine } from './forms';

export class TargetUnitDiffers extends DomainError {
  constructor(line: FormLine, text: string, unit: string | null, isWord: boolean) {
    const wanted =
      unit === null
        ? { zh: '应为文字，如 健全、及时。', en: 'must be a word such as 健全 or 及时.' }
        : isWord
          ? {
              zh: `应以 ≥、≤ 或 ＝ 开头，以“${unit}”为单位，如 ${printTarget(numberTarget('ge', '100', unit))}。`,
              en: `must begin with ≥, ≤ or ＝ and be in "${unit}", such as ${printTarget(numberTarget('ge', '100', unit))}.`,
            }
          : { zh: `应以“${unit}”为单位。`, en: `must be a number in "${unit}".` };
    super(
      'target_unit_differs',
      { zh: `“${line.name}”的指标值 ${text} ${wanted.zh}`, en: `The target ${text} of "${line.name}" ${wanted.en}` },
      { field: line.code },
    );
  }
}

const JUDGED: ReadonlySet<string> = new Set(JUDGED_LINES.map(({ key }) => key));

/** Whether the ledger holds a word for the line, and not a quantity. */
export function isWorded({ source }: FormLine): boolean {
  return source.kind === 'metric' && (source.grows !== undefined || JUDGED.has(source.key));
}

/** Whether a target that the registry has set for the line's figure stands in place of the form's. */
export function takesOwnTarget(line: FormLine): boolean {
  return 'key' in line.source && !isWorded(line);
}

/** The unit of a line's actual; null for words, undefined where the form alone says it. */
function unitOf(line: FormLine): string | null | undefined {
  const { source } = line;
  if (source.kind === 'reported') return undefined;
  if (source.kind === 'budget') return '%';
  if (isWorded(line)) return null;
  return (source.kind === 'metric' ? source.unit : undefined) ?? figureOf(source.key).unit;
}

/**
 * A target as printed, in the unit of the line's actual.
 * @throws {TargetNotReadable}
 * @throws {TargetUnitDiffers}
 */
export function readTarget(line: FormLine, text: string): LineTarget {
  const target = parseTarget(text);
  const unit = unitOf(line);
  if (unit === undefined) return target;
  const found = target.kind === 'label' ? null : target.unit;
  if (found !== unit) throw new TargetUnitDiffers(line, text, unit, found === null);
  return target;
}
