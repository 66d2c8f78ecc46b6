import { decimal, plain } from '../core/decimal';
import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { SUBJECT_EN, SUBJECT_ZH } from './entry-fields';
import { EntryRefused } from './entry-text';

/** What quantities of a step look like. */
const EXAMPLES = { '1': '1、2、112', '0.5': '0.5、1、1.5', '0.01': '0.01、12.5、3400.25' } as const;

const SEPARATED = /^\d{1,3}([,'\s]\d{3})+(\.\d+)?$/;

/**
 * A quantity in half width, in its plain form, `"1"` unless said. Thousands separators
 * are not, for a comma may be meant as a decimal point: who reads a file takes them out.
 *
 * @throws {EntryRefused} when it is no number of 0 or more, exceeds what there can be, or a reported value is missing
 */
export function checkQuantity(value: string | null, kind: KindDefinition): string {
  if (value === null) {
    if (!kind.reported) return '1';
    throw new EntryRefused(
      'quantity',
      'quantity_missing',
      `“${kind.label.zh}”必须写数值（${kind.unit}）。`,
      `"${kind.label.en}" needs its value (${kind.unit}).`,
    );
  }
  if (/^[-−–]/.test(value)) {
    throw new EntryRefused(
      'quantity',
      'quantity_negative',
      `数量“${value}”不能是负数；要减去已登记的，请冲销那一条。`,
      `The quantity "${value}" cannot be negative; to take away what was logged, reverse that entry.`,
    );
  }
  if (SEPARATED.test(value)) {
    const without = value.replace(/[,'\s]/g, '');
    throw new EntryRefused(
      'quantity',
      'quantity_with_separators',
      `数量“${value}”请去掉千分位，写作 ${without}。`,
      `Write the quantity "${value}" without separators: ${without}.`,
    );
  }
  if (!/^\d+(\.\d+)?$/.test(value) || value.length > 40) {
    const likely = kind.step === undefined ? '3' : '1.5';
    throw new EntryRefused(
      'quantity',
      'quantity_not_readable',
      `数量“${value}”应是一个数，如 ${likely}。`,
      `The quantity "${value}" must be a number, like ${likely}.`,
    );
  }
  const quantity = plain(value);
  if (decimal(quantity).greaterThanOrEqualTo('1000000000')) {
    throw new EntryRefused(
      'quantity',
      'quantity_too_large',
      `数量“${value}”太大，整数部分最多 9 位，请核对。`,
      `The quantity "${value}" is too large: at most 9 digits before the point.`,
    );
  }
  if (kind.atMost !== undefined && decimal(quantity).greaterThan(kind.atMost)) {
    throw new EntryRefused(
      'quantity',
      'quantity_above_the_whole',
      `“${kind.label.zh}”不会超过 ${kind.atMost}${kind.unit}，写的是 ${quantity}；请核对小数点和单位（98.5% 写作 98.5）。`,
      `"${kind.label.en}" cannot exceed ${kind.atMost}${kind.unit}, and ${quantity} was given; check the decimal point and the unit (write 98.5% as 98.5).`,
    );
  }
  return quantity;
}

/**
 * Whether so many may be logged at once.
 *
 * @throws {EntryRefused} when the kind, or the code given, stands for one only, or the quantity is between two steps
 */
export function checkTally(quantity: string, kind: KindDefinition, codes: Record<Subject, string | null>): string {
  if (quantity === '0' || quantity === '1') return quantity;
  const subject = (['donor', 'case', 'sample'] as const).find((name) => codes[name] !== null);
  if (!kind.tally || subject) {
    throw new EntryRefused(
      'quantity',
      'quantity_of_a_subject',
      `“${kind.label.zh}”${subject ? `写了${SUBJECT_ZH[subject]}时` : ''}数量只能是 1（零报告写 0）。`,
      `The quantity of "${kind.label.en}"${subject ? ` with a ${SUBJECT_EN[subject]}` : ''} can only be 1 (a nil return: 0).`,
    );
  }
  const step = kind.step ?? '1';
  if (!decimal(quantity).modulo(step).isZero()) {
    throw new EntryRefused(
      'quantity',
      'quantity_step',
      `“${kind.label.zh}”的数量 ${quantity} 应是 ${step} ${kind.unit}的整数倍，如 ${EXAMPLES[step]}。`,
      `The quantity ${quantity} of "${kind.label.en}" must be a multiple of ${step} (${kind.unit}), like ${EXAMPLES[step].replaceAll('、', ', ')}.`,
    );
  }
  return quantity;
}
