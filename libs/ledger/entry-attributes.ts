import { isCalendarDate } from '../core/period';
import type { AttributeDefinition, ChoiceDefinition, KindDefinition } from '../catalogue/kind-definition';
import { checkFreeText, isCode } from './entry-fields';
import { EntryRefused, readAttributes } from './entry-text';

const TEXT_LENGTH = 100;
const FIRST_YEAR = '1950';
/** Of more choices than these a sentence names one. */
const CHOICES_NAMED = 20;

/**
 * The attributes of an entry, as its kind declares them. A nil return needs none; a reported 0 is a value and does.
 *
 * @throws {EntryRefused} naming the first attribute that is unknown, missing or cannot be read
 */
export function checkAttributes(
  input: Record<string, unknown>,
  kind: KindDefinition,
  outcome: string | null,
  occurredOn: string,
  nil: boolean,
): Record<string, string> | null {
  const given = readAttributes(input);
  const known: readonly AttributeDefinition[] = kind.attributes ?? [];
  const stray = Object.keys(given ?? {}).find((code) => !known.some((one) => one.code === code));
  if (stray !== undefined) {
    throw new EntryRefused(
      `attributes.${stray}`,
      'attribute_unknown',
      `“${kind.label.zh}”没有附加项“${stray}”。`,
      `"${kind.label.en}" has no attribute "${stray}".`,
    );
  }
  for (const attribute of known) {
    const value = given?.[attribute.code];
    if (value !== undefined) checkAttribute(value, attribute, occurredOn);
    else if (isNeeded(attribute, kind, outcome, nil)) {
      throw new EntryRefused(
        `attributes.${attribute.code}`,
        'attribute_missing',
        `“${kind.label.zh}”必须写“${attribute.label.zh}”。`,
        `"${kind.label.en}" needs "${attribute.label.en}".`,
      );
    }
  }
  return given;
}

function isNeeded(
  { required }: AttributeDefinition,
  kind: KindDefinition,
  outcome: string | null,
  nil: boolean,
): boolean {
  if (required === true) return !nil || kind.reported === true;
  return outcome !== null && required?.includes(outcome) === true;
}

function checkAttribute(value: string, attribute: AttributeDefinition, occurredOn: string): void {
  const field = `attributes.${attribute.code}`;
  if (attribute.type === 'text') {
    checkFreeText(value, field, TEXT_LENGTH);
    return;
  }
  const expected = unlessReadable(value, attribute, occurredOn);
  if (!expected) return;
  throw new EntryRefused(
    field,
    'attribute_not_readable',
    `“${attribute.label.zh}”的值“${value}”不可用，应是${expected.zh}。`,
    `The value "${value}" of "${attribute.label.en}" cannot be used: ${expected.en} is expected.`,
  );
}

/** What is expected instead of this value; nothing when it can be read. */
function unlessReadable(
  value: string,
  { type, choices = [] }: AttributeDefinition,
  occurredOn: string,
): { zh: string; en: string } | undefined {
  switch (type) {
    case 'date':
      return isCalendarDate(value) && value <= occurredOn
        ? undefined
        : { zh: '不晚于登记日期的一天，如 2024-05-31', en: 'a day not after the entry, like 2024-05-31,' };
    case 'year': {
      const [year, last] = [occurredOn.slice(0, 4), String(Number(occurredOn.slice(0, 4)) - 1)];
      return /^\d{4}$/.test(value) && value >= FIRST_YEAR && value < year
        ? undefined
        : { zh: `${FIRST_YEAR} 到 ${last} 之间的一年`, en: `a year from ${FIRST_YEAR} to ${last}` };
    }
    case 'integer':
      return /^[1-9]\d{0,5}$/.test(value) ? undefined : { zh: '从 1 起的整数', en: 'a whole number from 1 on' };
    case 'choice':
      return choices.some((one) => one.code === value) ? undefined : oneOf(choices);
    default:
      return isCode(value)
        ? undefined
        : {
            zh: '由半角字母、数字、点、横线组成的编号，最长 40 位，且不是身份证号或手机号',
            en: 'a code of letters, digits, dots and dashes, at most 40, and no ID or mobile number,',
          };
  }
}

function oneOf(choices: readonly ChoiceDefinition[]): { zh: string; en: string } {
  const named = choices.length > CHOICES_NAMED ? choices.slice(0, 1) : choices;
  const all = named.length === choices.length;
  return {
    zh: `${all ? '其中之一：' : '填写模板下拉列表中的一项，如 '}${named.map((one) => `${one.label.zh}（${one.code}）`).join('、')}`,
    en: `${all ? 'one of' : "one of the template's list, like"} ${named.map((one) => one.code).join(', ')}`,
  };
}
