import { isCalendarDate } from '../core/period';
import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { REASONS } from '../catalogue/reasons';
import { EntryRefused, isStorable, missing, notStorable, shortText, text } from './entry-text';
import { holdsPersonalNumber } from './personal-number';

/** What the check needs to know of the registry. */
export interface EntryBounds {
  /** The registry's orgs by code, with the day on which each closes. */
  readonly orgs: ReadonlyMap<string, string | null>;
  readonly firstDay: string;
  /** The date in Asia/Shanghai now. */
  readonly today: string;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** Whether a donor, case, sample, batch or other code is written as one, and is no personal number in disguise (R25). */
export function isCode(value: string): boolean {
  return CODE.test(value) && !holdsPersonalNumber(value);
}

const CODE_FIELDS = { donor: 'donorCode', case: 'caseCode', sample: 'sampleCode' } as const;
export const SUBJECT_ZH = { donor: '捐献者编号', case: '请求编号', sample: '血样编号' } as const;
export const SUBJECT_EN = { donor: 'donor code', case: 'case code', sample: 'sample code' } as const;
const REASON_LABELS = new Map<string, { zh: string; en: string }>(REASONS.map((reason) => [reason.code, reason.label]));

export function checkOrg(org: string, occurredOn: string, { orgs }: EntryBounds): string {
  const closedOn = orgs.get(org);
  if (org === '') throw missing('org', '机构', 'An org');
  if (closedOn === undefined) {
    throw new EntryRefused('org', 'org_unknown', `没有机构“${org}”。`, `There is no org "${org}".`);
  }
  if (closedOn !== null && occurredOn > closedOn) throw orgClosed(org, closedOn);
  return org;
}

export function orgClosed(org: string, closedOn: string): EntryRefused {
  return new EntryRefused(
    'org',
    'org_closed',
    `机构“${org}”已于 ${closedOn} 撤销。`,
    `The org "${org}" was closed on ${closedOn}.`,
  );
}

export function checkDate(value: string | null, kind: KindDefinition, bounds: EntryBounds): string {
  if (value === null) throw missing('occurredOn', '日期', 'A date');
  if (!isCalendarDate(value)) {
    throw new EntryRefused(
      'occurredOn',
      'date_not_readable',
      `日期“${value}”不是日历上的一天，应写作 2024-05-31。`,
      `The date "${value}" is no day of the calendar; write 2024-05-31.`,
    );
  }
  if (value > bounds.today) {
    throw new EntryRefused(
      'occurredOn',
      'date_in_the_future',
      `日期 ${value} 在今天（${bounds.today}）之后。`,
      `The date ${value} is after today (${bounds.today}).`,
    );
  }
  if (value < bounds.firstDay) {
    throw new EntryRefused(
      'occurredOn',
      'date_before_the_registry',
      `日期 ${value} 早于台账的第一天 ${bounds.firstDay}。`,
      `The date ${value} is before the first day of the ledger, ${bounds.firstDay}.`,
    );
  }
  if (kind.opening && value !== bounds.firstDay) {
    throw new EntryRefused(
      'occurredOn',
      'opening_not_on_first_day',
      `期初数只能记在台账的第一天 ${bounds.firstDay}。`,
      `An opening tally is dated the first day of the ledger, ${bounds.firstDay}.`,
    );
  }
  return value;
}

export function checkCode(
  given: Record<string, unknown>,
  subject: Subject,
  kind: KindDefinition,
  quantity: string,
): string | null {
  const field = CODE_FIELDS[subject];
  const value = shortText(given, field);
  const rule = kind.subjects[subject];
  const [zh, en] = [SUBJECT_ZH[subject], SUBJECT_EN[subject]];
  if (value === null) {
    if (rule === '!' && quantity !== '0') {
      throw new EntryRefused(
        field,
        'code_missing',
        `“${kind.label.zh}”必须写${zh}。`,
        `"${kind.label.en}" needs a ${en}.`,
      );
    }
    return null;
  }
  if (!rule || quantity === '0') {
    throw new EntryRefused(
      field,
      'code_not_allowed',
      quantity === '0' ? `零报告不写${zh}。` : `“${kind.label.zh}”不写${zh}。`,
      quantity === '0' ? `A nil return has no ${en}.` : `"${kind.label.en}" has no ${en}.`,
    );
  }
  if (!isCode(value)) {
    throw new EntryRefused(
      field,
      'code_not_readable',
      `${zh}“${value}”只能由字母、数字、点、横线组成，最长 40 位，且不能是身份证号或手机号。`,
      `The ${en} "${value}" may hold letters, digits, dots and dashes, at most 40, and is no ID or mobile number.`,
    );
  }
  return value;
}

export function checkOutcome(value: string | null, kind: KindDefinition, nil: boolean): string | null {
  const known = kind.outcomes ?? [];
  if (value === null) {
    if (known.length > 0 && !nil) {
      throw new EntryRefused(
        'outcome',
        'outcome_missing',
        `“${kind.label.zh}”必须写结果：${known.map((one) => `${one.label.zh}（${one.code}）`).join('、')}。`,
        `"${kind.label.en}" needs an outcome: ${known.map((one) => one.code).join(', ')}.`,
      );
    }
    return null;
  }
  if (nil || !known.some((one) => one.code === value)) {
    throw new EntryRefused(
      'outcome',
      'outcome_unknown',
      nil ? '零报告不写结果。' : `“${kind.label.zh}”没有结果“${value}”。`,
      nil ? 'A nil return has no outcome.' : `"${kind.label.en}" has no outcome "${value}".`,
    );
  }
  return value;
}

export function checkReason(
  value: string | null,
  kind: KindDefinition,
  outcome: string | null,
  nil: boolean,
): string | null {
  const allowed: readonly string[] | undefined = nil
    ? undefined
    : (kind.outcomes?.find((one) => one.code === outcome)?.reasons ?? kind.reasons);
  if (!allowed) {
    if (value === null) return null;
    throw new EntryRefused('reason', 'reason_not_allowed', '此处不写原因。', 'No reason belongs here.');
  }
  if (value === null || !allowed.includes(value)) {
    const list = allowed.map((code) => `${REASON_LABELS.get(code)?.zh}（${code}）`).join('、');
    throw new EntryRefused(
      'reason',
      value === null ? 'reason_missing' : 'reason_unknown',
      `${value === null ? '必须写原因' : `没有原因“${value}”`}，可选：${list}。`,
      `${value === null ? 'A reason is needed' : `There is no reason "${value}"`}: ${allowed.join(', ')}.`,
    );
  }
  return value;
}

export function checkFreeText(value: string | null, field: string, longest = 1000): string | null {
  if (value === null) return null;
  if (!isStorable(value)) throw notStorable(field);
  if (value.length > longest) {
    throw new EntryRefused(
      field,
      'text_too_long',
      `文字最长 ${longest} 字，现有 ${value.length} 字。`,
      `The text may hold ${longest} characters and has ${value.length}.`,
    );
  }
  if (holdsPersonalNumber(value)) {
    throw new EntryRefused(
      field,
      'personal_number',
      '文字中有身份证号或手机号，不能保存，请删去。',
      'The text holds an ID number or a mobile number, which may not be kept; take it out.',
    );
  }
  return value;
}

/**
 * The reason of a reversal or an adjustment.
 *
 * @throws {EntryRefused} when there is none, or it holds a personal number
 */
export function checkJustification(value: unknown): string {
  const given = checkFreeText(text({ justification: value }, 'justification'), 'justification');
  if (given === null) {
    throw new EntryRefused('justification', 'justification_missing', '必须写明理由。', 'A justification is needed.');
  }
  return given;
}
