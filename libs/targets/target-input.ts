import { orgWithin, type Principal } from '../accounts/principal';
import { isDecimal, plain, type DecimalString } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { parseTarget, type Operator } from '../core/target-text';
import { findDefinition } from './definition';

/** A target that is to be set: checked, its value in the unit of its key. */
export interface TargetInput {
  readonly org: string;
  readonly period: string;
  readonly key: string;
  readonly operator: Operator;
  readonly value: DecimalString;
}

export class TargetRefused extends DomainError {
  constructor(code: string, field: keyof TargetFields, sentence: Sentence) {
    super(code, sentence, { field });
  }
}

/** What a form, a file or a program says: the target as printed (`≥100例`), or its operator and value apart. */
export interface TargetFields {
  readonly org?: unknown;
  readonly period?: unknown;
  readonly key?: unknown;
  readonly target?: unknown;
  readonly operator?: unknown;
  readonly value?: unknown;
}

const OPERATORS: readonly string[] = ['ge', 'le', 'eq'] satisfies Operator[];
const DIGITS_AT_MOST = 20;

/** @throws {DomainError} naming the field that cannot be taken, and what to write there */
export function readTarget(principal: Principal, fields: TargetFields): TargetInput {
  const org = orgWithin(principal, text(fields, 'org'));
  const period = parsePeriod(text(fields, 'period')).code;
  const key = text(fields, 'key');
  const definition = findDefinition(key);
  if (!definition) {
    throw new TargetRefused('key_unknown', 'key', {
      zh: `没有指标“${key}”，请写指标代码，如 donation.completed。`,
      en: `There is no metric "${key}"; write its key, as donation.completed.`,
    });
  }
  if (fields.target !== undefined) return { org, period, key, ...readPrinted(text(fields, 'target'), definition.unit) };
  const operator = text(fields, 'operator');
  if (!OPERATORS.includes(operator)) {
    throw new TargetRefused('operator_unknown', 'operator', {
      zh: `“${operator}”不是比较方式，可用 ge（≥）、le（≤）、eq（＝）。`,
      en: `"${operator}" is no operator; use ge, le or eq.`,
    });
  }
  return { org, period, key, operator: operator as Operator, value: readValue(text(fields, 'value'), 'value') };
}

function readPrinted(printed: string, unit: string): { operator: Operator; value: DecimalString } {
  const target = parseTarget(printed);
  if (target.kind === 'label') {
    throw new TargetRefused('target_not_number', 'target', {
      zh: `指标值“${printed}”不是数字。这里只管数字指标值，应写作 ≥100例。`,
      en: `The target "${printed}" is no number; write it as ≥100例.`,
    });
  }
  if (target.unit !== '' && target.unit !== unit) {
    throw new TargetRefused('unit_differs', 'target', {
      zh: `单位“${target.unit}”不对：这项指标的单位是“${unit}”。`,
      en: `The unit "${target.unit}" is not that of the figure, "${unit}".`,
    });
  }
  return { operator: target.operator, value: readValue(target.value, 'target') };
}

function readValue(value: string, field: 'value' | 'target'): DecimalString {
  if (isDecimal(value) && value.replace(/\D/g, '').length <= DIGITS_AT_MOST) return plain(value);
  throw new TargetRefused('value_not_decimal', field, {
    zh: `“${value}”不是数字，或超过 ${DIGITS_AT_MOST} 位，应写作 120 或 48.5。`,
    en: `"${value}" is no decimal number of at most ${DIGITS_AT_MOST} digits; write 120 or 48.5.`,
  });
}

function text(fields: TargetFields, field: keyof TargetFields): string {
  const value = fields[field];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new TargetRefused('field_missing', field, {
    zh: `缺少 ${field}，或不是文字。`,
    en: `${field} is missing, or no text.`,
  });
}
