import type { DecimalString } from './decimal';
import { DomainError } from './domain-error';

export type Operator = 'ge' | 'le' | 'eq';

/** What a line is held against: a number with its operator and unit, or a word such as 健全 that must be reached. */
export type LineTarget =
  | {
      readonly kind: 'number';
      readonly operator: Operator;
      /** The sign as it was printed, so that `＝20%` and `=20%` both go out as they came in. */
      readonly sign: string;
      readonly value: DecimalString;
      readonly unit: string;
    }
  | { readonly kind: 'label'; readonly label: string };

export class TargetNotReadable extends DomainError {
  constructor(text: string, because: { readonly zh: string; readonly en: string }) {
    super(
      'target_not_readable',
      { zh: `指标值“${text}”无法识别：${because.zh}`, en: `The target "${text}" cannot be read: ${because.en}` },
      { field: 'target', text },
    );
  }
}

const SIGN = /^(?:≥|≧|⩾|[>＞][=＝]|≤|≦|⩽|[<＜][=＝]|[=＝])/;
const NUMBER = /^(万分之|千分之)?\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*([^\d\s≥≤=＝<>＜＞.,]*)$/;
const PRINTED_SIGN: Record<Operator, string> = { ge: '≥', le: '≤', eq: '＝' };

/** Units that Chinese puts before the number. */
const BEFORE = new Set(['万分之', '千分之']);

/** @throws {TargetNotReadable} naming what is missing or wrong. */
export function parseTarget(text: string): LineTarget {
  const written = text.trim();
  if (written === '') throw new TargetNotReadable(text, { zh: '内容为空。', en: 'it is empty.' });
  const sign = SIGN.exec(written)?.[0];
  if (sign === undefined) return parseLabel(written);
  const rest = halfWidth(written.slice(sign.length).trim());
  if (rest === '') throw new TargetNotReadable(text, { zh: '符号后面没有数值。', en: 'no number follows the sign.' });
  const [, before, value, after] = NUMBER.exec(rest) ?? [];
  if (value === undefined || (before && after)) {
    throw new TargetNotReadable(text, {
      zh: `“${rest}”不是一个数值加一个单位，应写作 100例、95% 或 万分之6.5。`,
      en: `"${rest}" is not a number and a unit; write 100例, 95% or 万分之6.5.`,
    });
  }
  return {
    kind: 'number',
    operator: operatorOf(sign),
    sign,
    value: value.replaceAll(',', ''),
    unit: before ?? after ?? '',
  };
}

function parseLabel(text: string): LineTarget {
  if (/^[<>＜＞]/.test(text)) {
    throw new TargetNotReadable(text, {
      zh: '不支持大于号或小于号，请用 ≥、≤ 或 ＝。',
      en: 'a bare > or < is not used here; write ≥, ≤ or ＝.',
    });
  }
  if (/^(?:万分之|千分之)?[-－]?[\d０-９]/.test(text)) {
    throw new TargetNotReadable(text, { zh: '缺少 ≥、≤ 或 ＝。', en: 'it lacks ≥, ≤ or ＝.' });
  }
  return { kind: 'label', label: text };
}

function operatorOf(sign: string): Operator {
  if (/^[≥≧⩾>＞]/.test(sign)) return 'ge';
  return /^[≤≦⩽<＜]/.test(sign) ? 'le' : 'eq';
}

function halfWidth(text: string): string {
  return text.replace(/[０-９．，％－]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

export function numberTarget(operator: Operator, value: DecimalString, unit: string): LineTarget {
  return { kind: 'number', operator, sign: PRINTED_SIGN[operator], value, unit };
}

export function printTarget(target: LineTarget): string {
  return target.kind === 'label' ? target.label : target.sign + printQuantity(target.value, target.unit);
}

/** `136例`, `48.73%`, `万分之6.9`. */
export function printQuantity(value: DecimalString, unit: string): string {
  return unitStandsBefore(unit) ? unit + value : value + unit;
}

export function unitStandsBefore(unit: string): boolean {
  return BEFORE.has(unit);
}
